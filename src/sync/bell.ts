/** What to do when woken: look whether something waits, or exchange everything. */
export type Wish = 'look' | 'everything';

/** Wakes whoever waits for it. Rung while nobody waits, it keeps the greater wish. */
export class Bell {
	#wish: Wish | undefined;
	#next = Promise.withResolvers<void>();

	ring(wish: Wish): void {
		if (this.#wish !== 'everything') this.#wish = wish;
		this.#next.resolve();
	}

	/** Resolves when it was rung since last answered. */
	async rung(): Promise<void> {
		await this.#next.promise;
	}

	/** The wish it was rung with, which then is answered. */
	answer(): Wish | undefined {
		const wish = this.#wish;
		this.#wish = undefined;
		this.#next = Promise.withResolvers();
		return wish;
	}
}
