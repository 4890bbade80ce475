/** Thrown to a caller whose database was closed or destroyed before its turn. */
export class DatabaseGone extends Error {
	constructor(name: string) {
		super(`database ${name} is closed`);
		this.name = 'DatabaseGone';
	}
}

/** Counts operations under way, so that closing can wait for them: in-flight writes finish. */
export class InFlight {
	readonly #name: string;
	#count = 0;
	#closed = false;
	#drained = (): void => undefined;

	constructor(name: string) {
		this.#name = name;
	}

	/** @throws DatabaseGone when closing has begun. */
	async run<T>(operation: () => Promise<T>): Promise<T> {
		if (this.#closed) throw new DatabaseGone(this.#name);
		this.#count += 1;
		try {
			return await operation();
		} finally {
			this.#count -= 1;
			if (this.#count === 0) this.#drained();
		}
	}

	/** Lets nothing new begin; settles when all that had begun has ended. */
	async close(): Promise<void> {
		this.#closed = true;
		if (this.#count === 0) return;
		const { promise, resolve } = Promise.withResolvers<void>();
		this.#drained = resolve;
		await promise;
	}
}
