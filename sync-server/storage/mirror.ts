import type { Database } from './database.ts';
import type { StoredDoc } from './stored-doc.ts';

const pageSize = 1_000;

/**
 * What is asked of all documents of a database, in memory: each question reads only what was written since the one
 * before, whoever wrote it.
 */
export class Mirror<Entry> {
	readonly #open: () => Promise<Database>;
	readonly #read: (doc: StoredDoc) => Entry | undefined;
	readonly #entries = new Map<string, Entry>();
	#uuid = '';
	#seq = 0;
	#turn: Promise<void> = Promise.resolve();

	/** `read` is given deleted documents, too; what it makes nothing of is left out. */
	constructor(open: () => Promise<Database>, read: (doc: StoredDoc) => Entry | undefined) {
		this.#open = open;
		this.#read = read;
	}

	/** As of now, in no order. */
	async entries(): Promise<readonly Entry[]> {
		const mine = this.#turn.then(() => this.#follow());
		this.#turn = mine.catch(() => undefined);
		await mine;
		return [...this.#entries.values()];
	}

	async #follow(): Promise<void> {
		const database = await this.#open();
		if (database.uuid !== this.#uuid) {
			this.#entries.clear();
			this.#seq = 0;
			this.#uuid = database.uuid;
		}
		for (;;) {
			const page = { since: this.#seq, limit: pageSize, include_docs: true };
			const { results, last_seq } = await database.changes(page);
			for (const { id, doc } of results) {
				const entry = doc && this.#read(doc);
				if (entry === undefined) this.#entries.delete(id);
				else this.#entries.set(id, entry);
			}
			this.#seq = last_seq;
			if (results.length < pageSize) return;
		}
	}
}
