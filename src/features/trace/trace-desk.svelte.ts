import type { Workplace } from '#app/workplace.svelte.ts';
import { addDays, daysFrom, monthOf, toDay, type Day, type Month } from '#kinds/day.ts';
import { recordedOn } from '#read-models/trace.ts';
import type { Revision } from '#records/revision.ts';

/** How far back a trace is looked at, in days; `all`: to the first record. */
export const periods = ['month', 'quarter', 'year', 'all'] as const;
export type TracePeriod = (typeof periods)[number];

const days: Readonly<Record<Exclude<TracePeriod, 'all'>, number>> = { month: 31, quarter: 92, year: 366 };
/** Nothing was recorded before Beijing's regulation on household waste came into force. */
const firstDay = toDay('2020-05-01');

/** The first day of a period that ends `today`. */
function firstOf(period: TracePeriod, today: Day): Day {
	return period === 'all' ? firstDay : addDays(today, 1 - days[period]);
}

/** How much of a trace is shown; older months are brought into memory when they are asked for. */
export class TraceDesk {
	readonly #workplace: Workplace;
	readonly #today: () => Day;
	#period: TracePeriod = $state('all');
	#loading: { readonly done: number; readonly total: number } | undefined = $state.raw();

	/** `period`: looked at first. */
	constructor(workplace: Workplace, today: () => Day, period: TracePeriod) {
		this.#workplace = workplace;
		this.#today = today;
		this.#period = period;
	}

	get period(): TracePeriod {
		return this.#period;
	}

	/** How far older months have been brought in, while they are. */
	get loading(): { readonly done: number; readonly total: number } | undefined {
		return this.#loading;
	}

	/** Those recorded in the period. */
	within(trace: readonly Revision[]): readonly Revision[] {
		if (this.#period === 'all') return trace;
		const from = firstOf(this.#period, this.#today());
		return trace.filter((revision) => recordedOn(revision) >= from);
	}

	/** @throws StoreError */
	async choose(period: TracePeriod): Promise<void> {
		this.#period = period;
		this.#loading = { done: 0, total: 0 };
		try {
			await this.#workplace.loadMonths(
				monthsBetween(firstOf(period, this.#today()), this.#today()),
				(done, total) => {
					this.#loading = { done, total };
				}
			);
		} finally {
			this.#loading = undefined;
		}
	}
}

function monthsBetween(from: Day, to: Day): readonly Month[] {
	return [...new Set(daysFrom(from, to).map(monthOf))];
}
