import type { OwnRevision } from '#records/phone-store.ts';
import type { Workplace } from '#app/workplace.svelte.ts';

/** As many as a person looks through; the rest is counted. */
const listed = 200;

/** What of an account's work is not at the office yet, oldest first. Made while a component is set up. */
export class Undelivered {
	#refused: readonly OwnRevision[] = $state.raw([]);
	#waiting: readonly OwnRevision[] = $state.raw([]);
	#reads = 0;

	constructor(workplace: Workplace) {
		$effect(() => {
			// Whatever changes the counts changes the lists.
			if (workplace.counts) this.#read(workplace).catch(reportError);
		});
	}

	get refused(): readonly OwnRevision[] {
		return this.#refused;
	}

	get waiting(): readonly OwnRevision[] {
		return this.#waiting;
	}

	/** Of several readings under way the last one counts: it saw the most. */
	async #read({ store }: Workplace): Promise<void> {
		const turn = (this.#reads += 1);
		const [refused, waiting] = await Promise.all([
			store.own('refused', listed),
			store.own('waiting', listed)
		]);
		if (turn !== this.#reads) return;
		this.#refused = refused;
		this.#waiting = waiting;
	}
}
