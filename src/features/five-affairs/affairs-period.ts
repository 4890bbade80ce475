import { isDay, monthOf, toDay, type Day } from '#kinds/day.ts';
import type { Period } from '#read-models/participation.ts';

/** Periods in which offices report; `custom` has its own days. */
export const spans = ['month', 'quarter', 'year', 'custom'] as const;
export type Span = (typeof spans)[number];

/** From the first day of the month, the quarter or the year up to `today`. */
export function spanOf(span: Exclude<Span, 'custom'>, today: Day): Period {
	const [year = '', month = ''] = monthOf(today).split('-');
	const first = { month, quarter: firstOfQuarter(Number(month)), year: '01' }[span];
	return { from: toDay(`${year}-${first}-01`), to: today };
}

/** Between two typed days, whichever is earlier; undefined while one is missing. */
export function typedPeriod(one: string, other: string): Period | undefined {
	if (!isDay(one) || !isDay(other)) return undefined;
	return one <= other ? { from: one, to: other } : { from: other, to: one };
}

function firstOfQuarter(month: number): string {
	return String(month - ((month - 1) % 3)).padStart(2, '0');
}
