import type { Searching } from '#app/searching.ts';
import type { Workplace } from '#app/workplace.svelte.ts';
import type { SearchDocument } from '#read-models/search-document.ts';
import { SearchIndex, type Catching } from '#read-models/search-index.ts';

export interface SearchDeskSetup {
	readonly workplace: Workplace;
	readonly searching: Searching;
	/** Milliseconds from any fixed moment on. */
	readonly clock: () => number;
	/** Resolves when the page had a turn. */
	readonly pause: () => Promise<void>;
}

/** So long a tap may have to wait. */
const sliceMs = 12;
/** What takes longer says how far it is. */
const patienceMs = 1000;

/** Searches what the device holds, and takes in what comes and goes a slice at a time. */
export class SearchDesk {
	readonly #setup: SearchDeskSetup;
	readonly #index: SearchIndex;
	#behind: Catching | undefined = $state.raw();
	#written = $state(0);
	#running = false;
	#again = false;

	constructor(setup: SearchDeskSetup) {
		this.#setup = setup;
		this.#index = setup.searching.index ??= new SearchIndex();
	}

	/** How far it is, once that takes more than a moment. */
	get behind(): Catching | undefined {
		return this.#behind;
	}

	/** The best first. Tracked: it is run again when what is found may be another. */
	find(query: string): readonly SearchDocument[] {
		void this.#written;
		return this.#index.find(query);
	}

	/** Takes in what is held now; asked meanwhile, it looks once more at the end. */
	async catchUp(): Promise<void> {
		this.#again = true;
		if (this.#running) return;
		this.#running = true;
		const began = this.#setup.clock();
		while (this.#again) {
			this.#again = false;
			await this.#follow(began);
		}
		this.#behind = undefined;
		this.#running = false;
	}

	async #follow(began: number): Promise<void> {
		const { workplace, clock, pause } = this.#setup;
		const steps = this.#index.follow(workplace.records);
		for (let shown = began; ;) {
			const end = clock() + sliceMs;
			let step = steps.next();
			while (!step.done && clock() < end) step = steps.next();
			if (step.done) break;
			if (clock() - began > patienceMs) this.#behind = step.value;
			if (clock() - shown > patienceMs) {
				shown = clock();
				this.#written += 1;
			}
			await pause();
		}
		this.#written += 1;
	}
}
