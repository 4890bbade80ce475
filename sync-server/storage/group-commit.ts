import type { IncomingDoc, Written } from './stored-doc.ts';

/** Writes documents under the revisions they have. */
type Write = (docs: readonly IncomingDoc[]) => Promise<Written>;

/** Documents that are written together at most, so that nobody waits long for what others sent. */
const mostTogether = 2_000;

interface Batch {
	readonly docs: readonly IncomingDoc[];
	readonly resolve: (written: Written) => void;
	readonly reject: (error: unknown) => void;
}

/**
 * Writes batches one after another; those that come while one is being written become one write, and the disk is
 * waited for once. Each is answered when it is on the disk, for itself: where something in such a write fails, its
 * batches are written one by one, which for those that are there changes nothing.
 */
export class GroupCommit {
	readonly #write: Write;
	readonly #waiting: Batch[] = [];
	#busy = false;

	constructor(write: Write) {
		this.#write = write;
	}

	write(docs: readonly IncomingDoc[]): Promise<Written> {
		const { promise, resolve, reject } = Promise.withResolvers<Written>();
		this.#waiting.push({ docs, resolve, reject });
		if (!this.#busy) void this.#writeAll();
		return promise;
	}

	async #writeAll(): Promise<void> {
		this.#busy = true;
		for (let group = this.#nextGroup(); group.length > 0; group = this.#nextGroup()) {
			await this.#writeTogether(group).catch(() => this.#writeEach(group));
		}
		this.#busy = false;
	}

	#nextGroup(): readonly Batch[] {
		const group = this.#waiting.splice(0, 1);
		let count = group[0]?.docs.length ?? 0;
		for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
			count += next.docs.length;
			if (count > mostTogether) break;
			group.push(next);
			this.#waiting.shift();
		}
		return group;
	}

	/** The engine does not say for certain which of many documents failed: then each batch is asked about alone. */
	async #writeTogether(group: readonly Batch[]): Promise<void> {
		const written = await this.#write(group.flatMap(({ docs }) => docs));
		if (written.failed.length > 0 && group.length > 1) await this.#writeEach(group);
		else for (const { resolve } of group) resolve(written);
	}

	async #writeEach(group: readonly Batch[]): Promise<void> {
		for (const { docs, resolve, reject } of group) await this.#write(docs).then(resolve, reject);
	}
}
