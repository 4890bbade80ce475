import type { Day } from '#kinds/day.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';
import { checkInOn, type DayCheckIn } from './check-ins.ts';
import { householdsIn, placesIn, type Household, type Place } from './places.ts';

/** A household's line in the day's round. */
export interface Visit {
	readonly household: Household;
	readonly checkIn: DayCheckIn;
}

/** One courtyard of the day's round; `done` counts the households with a check-in. */
export interface CourtyardRound {
	readonly courtyard: Place;
	readonly visits: readonly Visit[];
	readonly done: number;
}

const names = new Intl.Collator('zh-CN', { numeric: true });

/** The day's round 今日 through the courtyards within `within`, by name. */
export function roundOf(records: RevisionSet, within: readonly Scope[], day: Day): readonly CourtyardRound[] {
	const byCourtyard = Map.groupBy(householdsIn(records, within), ({ courtyard }) => courtyard);
	const courtyards = placesIn(records, within).filter(({ level }) => level === 'courtyard');
	const listed = new Set(courtyards.map(({ scope }) => scope));
	// A household whose courtyard has not arrived yet is walked to all the same.
	const unlisted = [...byCourtyard.keys()].filter((scope) => !listed.has(scope));
	return [...courtyards, ...unlisted.map(namelessCourtyard)]
		.map((courtyard) => {
			const households = byCourtyard.get(courtyard.scope) ?? [];
			const visits = households.map((household) => ({
				household,
				checkIn: checkInOn(records, household.scope, day)
			}));
			return { courtyard, visits, done: visits.filter(({ checkIn }) => checkIn.status === 'done').length };
		})
		.sort((a, b) => names.compare(a.courtyard.name, b.courtyard.name));
}

function namelessCourtyard(scope: Scope): Place {
	return { scope, level: 'courtyard', name: scope };
}
