import { untrack } from 'svelte';
import type { Workplace } from '#app/workplace.svelte.ts';
import type { Day } from '#kinds/day.ts';
import { monthsOfPoints } from '#read-models/redemptions.ts';
import type { Scope } from '#records/scope.ts';

/** Brings the months that balances need into memory. Made while a component is set up. */
export class PointsMonths {
	#progress: { readonly done: number; readonly total: number } | undefined = $state.raw();
	#needed = $state.raw('');
	#held = $state.raw('');

	constructor(workplace: Workplace, place: () => Scope, today: () => Day) {
		const needed = $derived(monthsOfPoints(workplace.records, place(), today()).join(' '));
		$effect(() => {
			const months = needed;
			untrack(() => void this.#bringIn(workplace, months));
		});
	}

	/** How far they have been brought in, while they are. */
	get progress(): { readonly done: number; readonly total: number } | undefined {
		return this.#progress;
	}

	/** Whether balances can be told. */
	get ready(): boolean {
		return this.#needed === this.#held;
	}

	/** @throws StoreError */
	async #bringIn(workplace: Workplace, months: string): Promise<void> {
		this.#needed = months;
		try {
			await workplace.loadMonths(months.split(' ').filter(Boolean), (done, total) => {
				this.#progress = { done, total };
			});
			this.#held = months;
		} finally {
			this.#progress = undefined;
		}
	}
}
