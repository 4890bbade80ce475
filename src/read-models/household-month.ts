import { addDays, daysFrom, monthOf, toDay, type Day, type Month } from '#kinds/day.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';
import { checkInOn, type DayCheckIn } from './check-ins.ts';

/** One day in a month's calendar. */
export interface CalendarDay {
	readonly day: Day;
	readonly checkIn: DayCheckIn;
}

/** Every day of `month` with the household's check-in. */
export function householdMonth(records: RevisionSet, household: Scope, month: Month): readonly CalendarDay[] {
	return daysOfMonth(month).map((day) => ({ day, checkIn: checkInOn(records, household, day) }));
}

export function daysOfMonth(month: Month): readonly Day[] {
	const first = toDay(`${month}-01`);
	return daysFrom(first, addDays(first, 30)).filter((day) => monthOf(day) === month);
}

/** Days in a row with a check-in. */
export interface Streak {
	readonly days: number;
	/** The day that ends it, looking back. It is one only if its month is among the records. */
	readonly before: Day;
}

/** Days in a row with a check-in up to `today`. A day that is not over yet does not break the row. */
export function streak(records: RevisionSet, household: Scope, today: Day): Streak {
	const done = (day: Day) => checkInOn(records, household, day).status === 'done';
	let before = done(today) ? today : addDays(today, -1);
	let days = 0;
	while (done(before)) {
		days += 1;
		before = addDays(before, -1);
	}
	return { days, before };
}
