import { addDays, weekdayOf, type Day, type Month } from '#kinds/day.ts';
import { daysOfMonth } from './household-month.ts';

/** The weekdays in the order of a calendar's columns: Monday first; 0 is Sunday. */
export const weekOrder = [1, 2, 3, 4, 5, 6, 0] as const;

/** The days of `month` in weeks of seven, Monday first; undefined where another month's day would be. */
export function monthWeeks(month: Month): readonly (readonly (Day | undefined)[])[] {
	const days = daysOfMonth(month);
	const [first] = days;
	if (!first) return [];
	const monday = addDays(first, -weekOrder.findIndex((weekday) => weekday === weekdayOf(first)));
	const known = new Set(days);
	return Array.from({ length: 6 }, (_, week) =>
		weekOrder.map((_, column) => {
			const day = addDays(monday, week * 7 + column);
			return known.has(day) ? day : undefined;
		})
	).filter((week) => week.some((day) => day !== undefined));
}
