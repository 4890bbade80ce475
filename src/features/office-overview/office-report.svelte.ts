import { accountScopes } from '#app/account.ts';
import type { Workplace } from '#app/workplace.svelte.ts';
import type { Day } from '#kinds/day.ts';
import { participation, type ParticipationReport, type Period } from '#read-models/participation.ts';
import { placesIn, type Place } from '#read-models/places.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { isScope, type Scope } from '#records/scope.ts';
import { Paced } from '#app/paced.svelte.ts';
import { customPeriod, monthsOf, periodOf, type Preset } from './periods.ts';

export interface OfficeReportSetup {
	readonly workplace: Workplace;
	readonly today: () => Day;
}

const restMs = 1000;

/**
 * The period and area an office looks at, and the figures for them. Months that are not in memory
 * are brought in when a period reaches them. Made while a component is set up.
 */
export class OfficeReport {
	readonly #setup: OfficeReportSetup;
	readonly #records: Paced<{ readonly set: RevisionSet }>;
	readonly #report: ParticipationReport;
	readonly #areas: readonly Place[];
	#preset: Preset = $state('today');
	#area: Scope | undefined = $state();
	#from = $state('');
	#to = $state('');
	#loading: { readonly done: number; readonly total: number } | undefined = $state.raw();

	constructor(setup: OfficeReportSetup) {
		this.#setup = setup;
		const { workplace } = setup;
		// In a new object each time: the set itself stays the same while it grows.
		this.#records = new Paced(() => ({ set: workplace.records }), restMs);
		const scopes = accountScopes(workplace.account);
		this.#areas = $derived(
			placesIn(this.records, scopes).filter(({ level }) => level === 'community' || level === 'grid')
		);
		this.#report = $derived(participation(this.records, this.within, this.period));
	}

	/** The records, looked at about once a second. */
	get records(): RevisionSet {
		return this.#records.value.set;
	}

	get today(): Day {
		return this.#setup.today();
	}

	get preset(): Preset {
		return this.#preset;
	}

	get from(): string {
		return this.#from;
	}

	get to(): string {
		return this.#to;
	}

	/** The days reported on; today while a typed period is not complete. */
	get period(): Period {
		if (this.#preset !== 'custom') return periodOf(this.#preset, this.today);
		return customPeriod(this.#from, this.#to) ?? periodOf('today', this.today);
	}

	/** Whether the typed days make a period. */
	get complete(): boolean {
		return this.#preset !== 'custom' || customPeriod(this.#from, this.#to) !== undefined;
	}

	get areas(): readonly Place[] {
		return this.#areas;
	}

	/** The one area that is looked at; `''`: all of the account's. */
	get area(): Scope | '' {
		return this.#area ?? '';
	}

	get within(): readonly Scope[] {
		return this.#area ? [this.#area] : accountScopes(this.#setup.workplace.account);
	}

	get report(): ParticipationReport {
		return this.#report;
	}

	/** How far older months have been brought in, while they are. */
	get loading(): { readonly done: number; readonly total: number } | undefined {
		return this.#loading;
	}

	lookAt(area: string): void {
		this.#area = isScope(area) ? area : undefined;
	}

	/** @throws StoreError */
	async choose(preset: Preset): Promise<void> {
		if (preset === 'custom' && this.#from === '') {
			const { from, to } = this.period;
			this.#from = from;
			this.#to = to;
		}
		this.#preset = preset;
		await this.#bringIn();
	}

	/** @throws StoreError */
	async type(from: string, to: string): Promise<void> {
		this.#from = from;
		this.#to = to;
		await this.#bringIn();
	}

	async #bringIn(): Promise<void> {
		this.#loading = { done: 0, total: 0 };
		try {
			await this.#setup.workplace.loadMonths(monthsOf(this.period), (done, total) => {
				this.#loading = { done, total };
			});
		} finally {
			this.#loading = undefined;
		}
	}
}
