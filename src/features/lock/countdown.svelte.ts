/** Milliseconds that are left until a moment, counted down on the screen. Made while a component is set up. */
export class Countdown {
	readonly #now: () => Date;
	#until = $state(0);
	#left = $state(0);

	constructor(now: () => Date) {
		this.#now = now;
		$effect(() => {
			const until = this.#until;
			const look = () => (this.#left = Math.max(0, until - this.#now().getTime()));
			look();
			if (until <= this.#now().getTime()) return undefined;
			const timer = setInterval(look, 500);
			return () => clearInterval(timer);
		});
	}

	/** Tracked. */
	get left(): number {
		return this.#left;
	}

	/** Milliseconds since 1970. */
	to(until: number): void {
		this.#until = until;
		this.#left = Math.max(0, until - this.#now().getTime());
	}
}
