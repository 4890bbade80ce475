import { expect, test } from 'vitest';
import { monthWeeks } from '#read-models/month-weeks.ts';

test('a month comes in weeks that begin on Monday, with nothing where other months are', () => {
	const weeks = monthWeeks('2026-11');
	expect(weeks[0]).toEqual([undefined, undefined, undefined, undefined, undefined, undefined, '2026-11-01']);
	expect(weeks[1]?.[0]).toBe('2026-11-02');
	expect(weeks.at(-1)?.[0]).toBe('2026-11-30');
	expect(weeks.flat().filter(Boolean)).toHaveLength(30);
});

test('a month that fills four weeks has no empty week', () => {
	expect(monthWeeks('2027-02')).toHaveLength(4);
});
