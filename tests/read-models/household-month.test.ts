import { describe, expect, it } from 'vitest';
import { toDay } from '#kinds/day.ts';
import { daysOfMonth, householdMonth, streak } from '#read-models/household-month.ts';
import { toScope } from '#records/scope.ts';
import { checkIn, neighbourhood, observed } from './neighbourhood.ts';

const household = toScope('qianmen/caochang/g3/c1/h2');

describe('a household’s month', () => {
	it.each([
		['2026-02', 28],
		['2028-02', 29],
		['2026-11', 30],
		['2026-12', 31]
	])('%s has %i days', (month, days) => {
		expect(daysOfMonth(month)).toHaveLength(days);
	});

	it('shows each day’s check-in', () => {
		const records = neighbourhood();
		records.add([checkIn('c1/h2', '2026-11-05', observed('mixed'))]);
		const done = householdMonth(records, household, '2026-11').filter(
			(each) => each.checkIn.status === 'done'
		);
		expect(done.map(({ day }) => day)).toEqual(['2026-11-05']);
	});

	it('counts the days in a row up to today, and does not break the row before the day is over', () => {
		const records = neighbourhood();
		const days = ['2026-11-18', '2026-11-20', '2026-11-21', '2026-11-22'];
		records.add(days.map((day) => checkIn('c1/h2', day, observed('correct'))));
		expect(streak(records, household, toDay('2026-11-23')).days).toBe(3);
		records.add([checkIn('c1/h2', '2026-11-23', observed('correct'))]);
		expect(streak(records, household, toDay('2026-11-23')).days).toBe(4);
		expect(streak(records, household, toDay('2026-11-25')).days).toBe(0);
	});
});
