import { createSubscriber } from 'svelte/reactivity';
import { on } from 'svelte/events';
import { dayAt, type Day } from '#kinds/day.ts';

const lookMs = 30_000;

/**
 * The day in Beijing. Reading `day` inside a component or `$derived` follows midnight, also on a
 * phone that slept through it.
 */
export class Today {
	readonly #now: () => Date;
	readonly #subscribe: () => void;

	constructor(now: () => Date) {
		this.#now = now;
		this.#subscribe = createSubscriber((update) => {
			let known = dayAt(now());
			const look = () => {
				if (dayAt(now()) === known) return;
				known = dayAt(now());
				update();
			};
			const timer = setInterval(look, lookMs);
			const stop = on(document, 'visibilitychange', look);
			return () => {
				clearInterval(timer);
				stop();
			};
		});
	}

	get day(): Day {
		this.#subscribe();
		return dayAt(this.#now());
	}
}
