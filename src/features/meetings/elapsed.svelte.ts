import { createSubscriber } from 'svelte/reactivity';

const tickMs = 10_000;

/** Minutes since an instant. Reading them inside a component follows the clock. */
export class Elapsed {
	readonly #now: () => Date;
	readonly #subscribe: () => void;

	constructor(now: () => Date) {
		this.#now = now;
		this.#subscribe = createSubscriber((update) => {
			const timer = setInterval(update, tickMs);
			return () => clearInterval(timer);
		});
	}

	/** `since`: ISO 8601. Whole ones; 0 where the clock was put back. */
	minutes(since: string): number {
		this.#subscribe();
		return Math.max(0, Math.floor((this.#now().getTime() - Date.parse(since)) / 60_000));
	}
}
