import { addDays, monthOf, toDay, type Month } from '#kinds/day.ts';
import { monthBefore } from './dates.ts';
import type { Workplace } from './workplace.svelte.ts';

export interface MonthTurnerSetup {
	readonly workplace: Workplace;
	readonly month: Month;
	/** The last month there is to see. */
	readonly last: () => Month;
}

/** The month someone looks at; older ones are brought into memory when they are turned to. */
export class MonthTurner {
	readonly #setup: MonthTurnerSetup;
	#month: Month = $state('');
	#loading = $state(false);

	constructor(setup: MonthTurnerSetup) {
		this.#setup = setup;
		this.#month = setup.month;
	}

	get month(): Month {
		return this.#month;
	}

	get loading(): boolean {
		return this.#loading;
	}

	get atLast(): boolean {
		return this.#month >= this.#setup.last();
	}

	/** @throws StoreError */
	async show(month: Month): Promise<void> {
		this.#month = month;
		this.#loading = true;
		try {
			await this.#setup.workplace.loadMonths([monthBefore(month), month]);
		} finally {
			this.#loading = false;
		}
	}

	earlier(): Promise<void> {
		return this.show(monthBefore(this.#month));
	}

	async later(): Promise<void> {
		if (!this.atLast) await this.show(monthAfter(this.#month));
	}
}

function monthAfter(month: Month): Month {
	return monthOf(addDays(toDay(`${month}-28`), 4));
}
