import type PouchDB from 'pouchdb-core';
import type {
	AllDocsOptions,
	AllDocsRow,
	Change,
	ChangesOptions as EngineChangesOptions,
	GetOptions
} from 'pouchdb-core';
import { engineError, isMissing } from './engine-error.ts';
import { GroupCommit } from './group-commit.ts';
import { InFlight } from './in-flight.ts';
import type { Found, IncomingDoc, StoredDoc, WriteResult, Written } from './stored-doc.ts';

export interface ChangesOptions extends Omit<EngineChangesOptions, 'since' | 'live'> {
	readonly since: number;
}

export interface Changes {
	readonly results: readonly Change[];
	readonly last_seq: number;
	/** Changes that a limit left out, where they have been counted. */
	readonly pending?: number;
}

export interface DatabaseInfo {
	/** Documents that are not deleted. */
	readonly doc_count: number;
	readonly update_seq: number;
}

/** What of a database is read, by those who may read all of it and, as a view, by those who may read a part. */
export type ReadableDatabase = Pick<
	Database,
	'name' | 'uuid' | 'info' | 'lastSeq' | 'get' | 'leaves' | 'revsDiff' | 'changes' | 'allDocs' | 'concerns'
>;

/** What is done to a database's store beneath the engine. */
export interface Store {
	/** Rids its files of what was deleted or overwritten. */
	rewrite(): Promise<void>;
	localIds(prefix: string, limit: number): Promise<readonly string[]>;
	/** Writes those documents that are new, under the revisions they have; returns them with their sequences. */
	writeFresh(docs: readonly IncomingDoc[]): Promise<Written['fresh']>;
}

/** One database. Every operation ends before `close` does; after it each throws `DatabaseGone`. */
export class Database {
	readonly name: string;
	/** Made with the database and gone with it: a database created anew under the name has another. */
	readonly uuid: string;
	readonly #engine: PouchDB;
	readonly #inFlight: InFlight;
	readonly #onWrite: (ids: readonly string[], removes: boolean) => void;
	readonly #store: Store;
	readonly #commits: GroupCommit;
	#writing: Promise<unknown> = Promise.resolve();

	/** `onWrite` is told the ids of what was written, and whether any was deleted. */
	constructor(
		name: string,
		uuid: string,
		engine: PouchDB,
		onWrite: (ids: readonly string[], removes: boolean) => void,
		store: Store
	) {
		this.name = name;
		this.uuid = uuid;
		this.#engine = engine;
		this.#inFlight = new InFlight(name);
		this.#onWrite = onWrite;
		this.#store = store;
		this.#commits = new GroupCommit((docs) => this.#inTurn(() => this.#writeAsTheyAre(engine, docs)));
	}

	/** Of the latest write that can be read. */
	async lastSeq(): Promise<number> {
		return toSeq((await this.#run((engine) => engine.info())).update_seq);
	}

	async info(): Promise<DatabaseInfo> {
		const { doc_count, update_seq } = await this.#run((engine) => engine.info());
		return { doc_count, update_seq: toSeq(update_seq) };
	}

	async get(id: string, options: GetOptions = {}): Promise<Found> {
		try {
			const doc = await this.#run((engine) => engine.get(id, { ...options, binary: true }));
			return { found: true, doc };
		} catch (error) {
			if (!isMissing(error)) throw error;
			return { found: false, reason: engineError(error).reason === 'deleted' ? 'deleted' : 'missing' };
		}
	}

	/** The leaves of a document's revision tree, deleted ones too; [] when there is none. */
	async leaves(id: string, options: { revs: boolean; attachments: boolean }): Promise<readonly StoredDoc[]> {
		try {
			const all = { ...options, open_revs: 'all', binary: true } as const;
			const leaves = await this.#run((engine) => engine.get(id, all));
			return leaves.flatMap((leaf) => ('ok' in leaf ? [leaf.ok] : []));
		} catch (error) {
			if (isMissing(error)) return [];
			throw error;
		}
	}

	/**
	 * Settles when the disk has the documents. With `newEdits` results stand in the order of `docs`; without, see
	 * `writeAsTheyAre`.
	 */
	async write(docs: readonly IncomingDoc[], newEdits: boolean): Promise<readonly WriteResult[]> {
		if (!newEdits) return (await this.writeAsTheyAre(docs)).failed;
		if (docs.length === 0) return [];
		return await this.#run((engine) => this.#inTurn(() => this.#writeThroughEngine(engine, docs, true)));
	}

	/**
	 * Settles when the disk has the documents, under the revisions they have. What comes while the disk is busy is
	 * written together: of what was new, the answer may name others' documents as well.
	 */
	async writeAsTheyAre(docs: readonly IncomingDoc[]): Promise<Written> {
		if (docs.length === 0) return { failed: [], fresh: new Map() };
		return await this.#run(() => this.#commits.write(docs));
	}

	/** One write at a time: what is written beneath the engine takes sequences, too. */
	#inTurn<T>(write: () => Promise<T>): Promise<T> {
		const written = this.#writing.then(write);
		this.#writing = written.catch(() => undefined);
		return written;
	}

	async #writeAsTheyAre(engine: PouchDB, docs: readonly IncomingDoc[]): Promise<Written> {
		const fresh = await this.#store.writeFresh(docs);
		if (fresh.size > 0)
			this.#onWrite(
				[...fresh.keys()].map(({ _id }) => _id),
				false
			);
		const rest = docs.filter((doc) => !fresh.has(doc));
		return { failed: await this.#writeThroughEngine(engine, rest, false), fresh };
	}

	async #writeThroughEngine(
		engine: PouchDB,
		docs: readonly IncomingDoc[],
		newEdits: boolean
	): Promise<readonly WriteResult[]> {
		if (docs.length === 0) return [];
		const results = await engine.bulkDocs(docs, { new_edits: newEdits });
		this.#onWrite(
			docs.map(({ _id }) => _id),
			docs.some(({ _deleted }) => _deleted === true)
		);
		return results.map((result, index) =>
			result.ok === true
				? { ok: true, id: result.id, rev: result.rev }
				: { ok: false, id: result.id ?? docs[index]?._id ?? '', ...engineError(result) }
		);
	}

	/** The revisions, of those named, that are not here, by document; documents that lack none are left out. */
	revsDiff(
		revs: Readonly<Record<string, readonly string[]>>
	): Promise<Record<string, { readonly missing: readonly string[] }>> {
		return this.#run((engine) => engine.revsDiff(revs));
	}

	async changes(options: ChangesOptions): Promise<Changes> {
		const { results, last_seq } = await this.#run(async (engine) => await engine.changes(options));
		return { results, last_seq: toSeq(last_seq) };
	}

	/** Whether who reads here may know that documents of these ids were written; undefined: of any. */
	concerns(_ids: readonly string[] | undefined): boolean {
		return true;
	}

	allDocs(
		options: AllDocsOptions
	): Promise<{ total_rows: number; offset: number; rows: readonly AllDocsRow[] }> {
		return this.#run((engine) => engine.allDocs(options));
	}

	/** `_local/…` documents are not replicated and keep no history. */
	async getLocal(id: string): Promise<StoredDoc | undefined> {
		const found = await this.get(id);
		return found.found ? found.doc : undefined;
	}

	/** The ids of those that begin with `prefix`, at most `limit`. */
	localIds(prefix: string, limit: number): Promise<readonly string[]> {
		return this.#run(() => this.#store.localIds(prefix, limit));
	}

	async putLocal(doc: IncomingDoc): Promise<WriteResult> {
		return this.#single(doc._id, (engine) => engine.put(doc));
	}

	async removeLocal(id: string, rev: string): Promise<WriteResult> {
		return this.#single(id, (engine) => engine.remove(id, rev));
	}

	async compact(): Promise<void> {
		await this.#run((engine) => engine.compact());
	}

	/** Compacts, and leaves nothing on the disk of what is no longer to be had. */
	async purge(): Promise<void> {
		await this.#run(async (engine) => {
			await engine.compact();
			await this.#store.rewrite();
		});
	}

	/** Waits for what is under way. */
	async close(): Promise<void> {
		await this.#inFlight.close();
		await this.#engine.close();
	}

	async #single(id: string, write: (engine: PouchDB) => Promise<{ rev: string }>): Promise<WriteResult> {
		try {
			const { rev } = await this.#run(write);
			return { ok: true, id, rev };
		} catch (error) {
			return { ok: false, id, ...engineError(error) };
		}
	}

	#run<T>(operation: (engine: PouchDB) => Promise<T>): Promise<T> {
		return this.#inFlight.run(() => operation(this.#engine));
	}
}

/** LevelDB's sequences are numbers. */
function toSeq(seq: number | string): number {
	if (typeof seq !== 'number') throw new TypeError(`not a sequence of LevelDB: ${seq}`);
	return seq;
}
