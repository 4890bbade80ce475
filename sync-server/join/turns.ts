/** Lets work on one thing happen one after another, and on different things side by side. */
export class Turns {
	readonly #last = new Map<string, Promise<unknown>>();

	async take<T>(key: string, work: () => Promise<T>): Promise<T> {
		const before = this.#last.get(key) ?? Promise.resolve();
		const mine = before.then(work);
		// Whoever is next waits until this has ended, however it ended.
		const ended = mine.catch(() => undefined);
		this.#last.set(key, ended);
		try {
			return await mine;
		} finally {
			if (this.#last.get(key) === ended) this.#last.delete(key);
		}
	}
}
