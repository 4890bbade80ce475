import type { Day, Month } from '#kinds/day.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';
import { checkInOn } from './check-ins.ts';
import { daysOfMonth } from './household-month.ts';
import { householdsIn } from './places.ts';

/** A courtyard's day: how many of its households checked in, and how many of those were correct. */
export interface CourtyardDay {
	readonly day: Day;
	readonly done: number;
	readonly correct: number;
}

/** Every day of `month` in a courtyard, by the households that are on its roster now. */
export function courtyardMonth(
	records: RevisionSet,
	courtyard: Scope,
	month: Month
): { readonly households: number; readonly days: readonly CourtyardDay[] } {
	const households = householdsIn(records, [courtyard]);
	const days = daysOfMonth(month).map((day) => {
		const done = households
			.map(({ scope }) => checkInOn(records, scope, day))
			.filter((checkIn) => checkIn.status === 'done');
		return { day, done: done.length, correct: done.filter(({ quality }) => quality === 'correct').length };
	});
	return { households: households.length, days };
}
