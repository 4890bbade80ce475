/** One line of CouchDB's `_db_updates`. `seq` names a point in this feed, not in the database. */
export interface DatabaseUpdate {
	readonly db_name: string;
	readonly type: 'created' | 'updated' | 'deleted';
	readonly seq: string;
}

export type UpdateListener = (update: DatabaseUpdate) => void;

/** Names of destroyed databases that are remembered, for clients that were away. */
const maxDeleted = 1_000;

/**
 * What happened to which database since the server started: the latest event of each.
 * Sequences are `<count>-<epoch>`; with one of an earlier epoch (before a restart) nobody can say what
 * was missed, so every database counts as updated since.
 */
export class DatabaseUpdates {
	readonly #epoch: string;
	readonly #latest = new Map<string, { type: DatabaseUpdate['type']; count: number }>();
	readonly #listeners = new Map<UpdateListener, () => void>();
	#count = 0;

	/** `epoch` is different at every start, without a hyphen. */
	constructor(epoch: string) {
		this.#epoch = epoch;
	}

	get lastSeq(): string {
		return this.#seq(this.#count);
	}

	publish(name: string, type: DatabaseUpdate['type']): void {
		this.#count += 1;
		this.#latest.delete(name);
		this.#latest.set(name, { type, count: this.#count });
		if (type === 'deleted') this.#forgetDeleted();
		const update = { db_name: name, type, seq: this.lastSeq };
		for (const listener of [...this.#listeners.keys()]) listener(update);
	}

	/** Events after `seq`, oldest first; all that is known when `seq` is of another epoch, or `0`. */
	since(seq: string): readonly DatabaseUpdate[] {
		const from = this.#parse(seq);
		return [...this.#latest]
			.filter(([, { count }]) => count > from)
			.map(([db_name, { type, count }]) => ({ db_name, type, seq: this.#seq(count) }));
	}

	/** @returns how to stop listening. `onEnd` is called when the server closes. */
	subscribe(listener: UpdateListener, onEnd: () => void): () => void {
		this.#listeners.set(listener, onEnd);
		return () => this.#listeners.delete(listener);
	}

	/** Ends every wait, so that a server that closes need not wait for those who wait for changes. */
	end(): void {
		for (const onEnd of [...this.#listeners.values()]) onEnd();
	}

	#seq(count: number): string {
		return `${count}-${this.#epoch}`;
	}

	#parse(seq: string): number {
		const [count, epoch] = seq.split('-');
		return epoch === this.#epoch && /^\d{1,15}$/.test(count ?? '') ? Number(count) : 0;
	}

	#forgetDeleted(): void {
		const deleted = [...this.#latest].filter(([, { type }]) => type === 'deleted');
		for (const [name] of deleted.slice(0, -maxDeleted)) this.#latest.delete(name);
	}
}
