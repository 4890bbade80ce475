import { expect, test } from 'vitest';
import { toDay } from '#kinds/day.ts';
import { customPeriod, monthsOf, periodOf } from '../../src/features/office-overview/periods.ts';

const monday = toDay('2026-11-23');

test.each([
	['today', '2026-11-23', '2026-11-23', '2026-11-23'],
	['week', '2026-11-23', '2026-11-23', '2026-11-23'],
	['week', '2026-11-29', '2026-11-23', '2026-11-29'],
	['month', '2026-11-23', '2026-11-01', '2026-11-23'],
	['last-month', '2026-11-23', '2026-10-01', '2026-10-31'],
	['last-month', '2027-01-01', '2026-12-01', '2026-12-31']
] as const)('%s on %s is from %s to %s', (preset, today, from, to) => {
	expect(periodOf(preset, toDay(today))).toEqual({ from, to });
});

test('typed days make a period in either order', () => {
	expect(customPeriod('2026-11-09', '2026-11-02')).toEqual({ from: '2026-11-02', to: '2026-11-09' });
});

test.each([
	['', '2026-11-02'],
	['2026-02-30', '2026-11-02'],
	['2020-01-01', '2026-11-02']
])('%s to %s is no period', (from, to) => {
	expect(customPeriod(from, to)).toBeUndefined();
});

test('a period touches each of its months once', () => {
	expect(monthsOf({ from: toDay('2026-10-31'), to: monday })).toEqual(['2026-10', '2026-11']);
});
