import { expect, test } from 'vitest';
import {
	dayText,
	instantText,
	monthBefore,
	monthText,
	periodText,
	shortDayText,
	timeText,
	weekdayText
} from '#app/dates.ts';
import { toDay } from '#kinds/day.ts';

const monday = toDay('2026-11-23');

test('a day is told as people say it', () => {
	expect(dayText(monday, 'zh-CN')).toBe('11月23日 星期一');
	expect(dayText(monday, 'en')).toBe('Mon, 23 Nov');
	expect(shortDayText(monday, 'zh-CN')).toBe('11月23日');
	expect(shortDayText(monday, 'en')).toBe('23 Nov');
});

test('the year is told only where it is another', () => {
	const lastYear = toDay('2025-11-23');
	expect(dayText(lastYear, 'zh-CN', monday)).toBe('2025年11月23日 星期日');
	expect(dayText(lastYear, 'en', monday)).toBe('Sun, 23 Nov 2025');
	expect(dayText(toDay('2026-01-02'), 'zh-CN', monday)).toBe('1月2日 星期五');
});

test('months, weekdays and periods', () => {
	expect(monthText('2026-11', 'zh-CN')).toBe('2026年11月');
	expect(monthText('2026-11', 'en')).toBe('November 2026');
	expect(weekdayText(0, 'zh-CN', 'long')).toBe('星期日');
	expect(weekdayText(6, 'en', 'short')).toBe('Sat');
	expect(periodText(toDay('2026-11-01'), monday, 'zh-CN')).toBe('11月1日 – 11月23日');
	expect(periodText(toDay('2026-11-01'), monday, 'en')).toBe('1 Nov – 23 Nov');
});

test('the month before January is December of the year before', () => {
	expect(monthBefore('2026-01')).toBe('2025-12');
	expect(monthBefore('2026-03')).toBe('2026-02');
});

test('instants are told in Beijing, wherever the device is', () => {
	const nearMidnight = '2026-11-23T16:05:00.000Z';
	expect(timeText(nearMidnight, 'zh-CN')).toBe('00:05');
	expect(instantText(nearMidnight, 'zh-CN')).toBe('11月24日 00:05');
	expect(instantText(nearMidnight, 'en')).toBe('24 Nov, 00:05');
});
