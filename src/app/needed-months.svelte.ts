import { untrack } from 'svelte';
import type { Month } from '#kinds/day.ts';
import type { Workplace } from './workplace.svelte.ts';

/** The months that a number is counted over, brought into memory. Made while a component is set up. */
export class NeededMonths {
	readonly #workplace: Workplace;
	readonly #needed: () => readonly Month[];
	#progress: { readonly done: number; readonly total: number } | undefined = $state.raw();
	#failed = $state(false);
	/** Of several under way the last one asked tells how it goes. */
	#turn = 0;

	constructor(workplace: Workplace, needed: () => readonly Month[]) {
		this.#workplace = workplace;
		// As one text, so that the same months anew are nothing new.
		const months = $derived(needed().join(' '));
		this.#needed = () => months.split(' ').filter(Boolean);
		$effect(() => {
			const needed = this.#needed();
			untrack(() => void this.#bringIn(needed));
		});
	}

	/** How far they have been brought in, while they are. */
	get progress(): { readonly done: number; readonly total: number } | undefined {
		return this.#progress;
	}

	/** They could not be read: there is no number until they are. */
	get failed(): boolean {
		return this.#failed;
	}

	/** Whether what is counted over them is right. */
	get ready(): boolean {
		return this.#needed().every((month) => this.#workplace.holds(month));
	}

	async again(): Promise<void> {
		await this.#bringIn(this.#needed());
	}

	async #bringIn(months: readonly Month[]): Promise<void> {
		const turn = (this.#turn += 1);
		const tell = (progress: typeof this.progress, failed: boolean) => {
			if (turn === this.#turn) [this.#progress, this.#failed] = [progress, failed];
		};
		tell(undefined, false);
		try {
			await this.#workplace.loadMonths(months, (done, total) => tell({ done, total }, false));
			tell(undefined, false);
		} catch {
			// Of no matter why: they are not there, which the screen says, with a way to try again.
			tell(undefined, true);
		}
	}
}
