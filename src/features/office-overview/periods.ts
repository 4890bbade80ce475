import { addDays, daysFrom, isDay, monthOf, toDay, weekdayOf, type Day, type Month } from '#kinds/day.ts';
import { weekOrder } from '#read-models/month-weeks.ts';
import type { Period } from '#read-models/participation.ts';

/** Periods that offices ask for; `custom` has its own days. */
export const presets = ['today', 'week', 'month', 'last-month', 'custom'] as const;
export type Preset = (typeof presets)[number];

/** The days of a preset, up to `today` where it is not over yet. Weeks begin on Monday. */
export function periodOf(preset: Exclude<Preset, 'custom'>, today: Day): Period {
	const firstOfMonth = toDay(`${monthOf(today)}-01`);
	switch (preset) {
		case 'today':
			return { from: today, to: today };
		case 'week':
			return { from: addDays(today, -weekOrder.findIndex((day) => day === weekdayOf(today))), to: today };
		case 'month':
			return { from: firstOfMonth, to: today };
		case 'last-month': {
			const last = addDays(firstOfMonth, -1);
			return { from: toDay(`${monthOf(last)}-01`), to: last };
		}
	}
}

const longestDays = 400;

/** The period between two typed days, whichever is earlier; undefined while one is missing or it is too long. */
export function customPeriod(one: string, other: string): Period | undefined {
	if (!isDay(one) || !isDay(other)) return undefined;
	const period = one <= other ? { from: one, to: other } : { from: other, to: one };
	return addDays(period.from, longestDays) < period.to ? undefined : period;
}

/** Every month that a period touches, earliest first. */
export function monthsOf({ from, to }: Period): readonly Month[] {
	return [...new Set(daysFrom(from, to).map(monthOf))];
}
