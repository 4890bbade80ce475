/** One line of CouchDB's `_db_updates`. `seq` names a point in this feed, not in the database. */
export interface DatabaseUpdate {
	readonly db_name: string;
	readonly type: 'created' | 'updated' | 'deleted';
	readonly seq: string;
}

/** As it happens: `ids` of the documents that were written, where they are known. */
export interface DatabaseEvent extends DatabaseUpdate {
	readonly ids?: readonly string[];
	/** Documents were deleted. */
	readonly removes?: true;
}

export type UpdateListener = (event: DatabaseEvent) => void;
/** Whether somebody may know that documents of these ids were written in a database; undefined: of any ids. */
export type Concerns = (database: string, ids: readonly string[] | undefined) => boolean;

/** Names of destroyed databases that are remembered, for clients that were away. */
const maxDeleted = 1_000;
/** Ids of written documents that are remembered, over all databases: about a megabyte. */
const maxIds = 10_000;

interface Written {
	readonly name: string;
	readonly count: number;
	readonly ids: readonly string[];
}

/**
 * What happened to which database since the server started: the latest event of each.
 * Sequences are `<count>-<epoch>`; with one of an earlier epoch (before a restart) nobody can say what
 * was missed, so every database counts as updated since. Which documents were written is remembered for
 * a while, so that who reads a part of a database is told of that part only.
 */
export class DatabaseUpdates {
	readonly #epoch: string;
	readonly #latest = new Map<string, { type: DatabaseUpdate['type']; count: number }>();
	readonly #listeners = new Map<UpdateListener, () => void>();
	/** The latest writes, oldest first. */
	readonly #written: Written[] = [];
	/** Ids in them. */
	#held = 0;
	/** By database, the latest event whose ids are not known, or not any more. */
	readonly #unknown = new Map<string, number>();
	#count = 0;

	/** `epoch` is different at every start, without a hyphen. */
	constructor(epoch: string) {
		this.#epoch = epoch;
	}

	get lastSeq(): string {
		return this.#seq(this.#count);
	}

	/** `ids`: of the documents that were written; left out where anything may have been. */
	publish(name: string, type: DatabaseUpdate['type'], ids?: readonly string[], removes = false): void {
		this.#count += 1;
		this.#latest.delete(name);
		this.#latest.set(name, { type, count: this.#count });
		if (type === 'deleted') this.#forgetDeleted();
		if (ids) this.#remember({ name, count: this.#count, ids });
		else this.#unknown.set(name, this.#count);
		const event = {
			db_name: name,
			type,
			seq: this.lastSeq,
			...(ids && { ids }),
			...(removes && { removes })
		};
		for (const listener of [...this.#listeners.keys()]) listener(event);
	}

	/**
	 * Events after `seq` that concern somebody, oldest first; all that is known when `seq` is of another epoch, or
	 * `0`. A database that was updated counts when one of the writes since concerns them.
	 */
	since(seq: string, concerns: Concerns = () => true): readonly DatabaseUpdate[] {
		const from = this.#parse(seq);
		return [...this.#latest]
			.filter(([name, { count }]) => count > from && this.#isTold(name, from, concerns))
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

	#isTold(name: string, from: number, concerns: Concerns): boolean {
		if (from < (this.#unknown.get(name) ?? 0)) return concerns(name, undefined);
		return this.#written.some((write) => {
			return write.count > from && write.name === name && concerns(name, write.ids);
		});
	}

	#remember(write: Written): void {
		this.#written.push(write);
		this.#held += write.ids.length;
		while (this.#held > maxIds) {
			const oldest = this.#written.shift();
			if (!oldest) break;
			this.#held -= oldest.ids.length;
			this.#unknown.set(oldest.name, Math.max(oldest.count, this.#unknown.get(oldest.name) ?? 0));
		}
	}

	#forgetDeleted(): void {
		const deleted = [...this.#latest].filter(([, { type }]) => type === 'deleted');
		for (const [name] of deleted.slice(0, -maxDeleted)) {
			this.#latest.delete(name);
			this.#unknown.delete(name);
		}
	}
}
