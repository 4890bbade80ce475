import { addDays, daysBetween, type Day } from '#kinds/day.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';
import { householdsIn, type Household } from './places.ts';

/** A household nobody checked in for a while. `days` since the last time; absent: not within the records here. */
export interface Unvisited {
	readonly household: Household;
	readonly last?: Day;
	readonly days?: number;
}

/** The households within `within` without a check-in in the `days` days before `today`, longest first. */
export function unvisited(
	records: RevisionSet,
	within: readonly Scope[],
	lastVisits: ReadonlyMap<Scope, Day>,
	today: Day,
	days: number
): readonly Unvisited[] {
	const since = addDays(today, -days);
	return householdsIn(records, within)
		.flatMap((household): Unvisited[] => {
			const last = lastVisits.get(household.scope);
			if (last === undefined) return [{ household }];
			return last <= since ? [{ household, last, days: daysBetween(last, today) }] : [];
		})
		.sort((a, b) => (b.days ?? Infinity) - (a.days ?? Infinity) || 0);
}
