import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayAt, daysBetween, daysFrom, isDay, toDay, weekdayOf } from '#kinds/day.ts';

const days = fc
	.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
	.map((date) => dayAt(date));

describe('day', () => {
	it('begins at midnight in Beijing, wherever the device is', () => {
		expect(dayAt(new Date('2026-11-22T15:59:59.999Z'))).toBe('2026-11-22');
		expect(dayAt(new Date('2026-11-22T16:00:00.000Z'))).toBe('2026-11-23');
	});

	it.each(['2026-02-29', '2026-2-3', '2026-13-01', '20261123', '', '2026-11-23T00:00:00Z'])(
		'%j is no day',
		(text) => {
			expect(isDay(text)).toBe(false);
			expect(() => toDay(text)).toThrow(RangeError);
		}
	);

	it('knows its weekday', () => {
		expect(weekdayOf(toDay('2026-11-23'))).toBe(1);
	});

	it('adds and subtracts without loss', () => {
		fc.assert(
			fc.property(days, fc.integer({ min: -400, max: 400 }), (day, count) => {
				expect(daysBetween(day, addDays(day, count))).toBe(count);
				expect(daysFrom(day, addDays(day, count))).toHaveLength(Math.max(0, count + 1));
			})
		);
	});
});
