import { expect, test } from 'vitest';
import { calendarFile, type CalendarEntry } from '#features/meetings/calendar-file.ts';

const entry: CalendarEntry = {
	...{ entity: 'qianmen.caochang.g3.c12.council1', title: '小院议事会', starts: '2026-11-23T19:00' },
	...{ changes: 2, changed: '2026-11-20T01:00:00.000Z' },
	read: {
		place: '院里，槐树下',
		agenda: [{ id: 'topic001', place: 'a0', topic: '杂物；谁来清' }],
		invited: '全院'
	}
};

/** Content lines, unfolded (RFC 5545, 3.1). */
function linesOf(text: string): readonly string[] {
	return text.replaceAll(/\r\n[ \t]/g, '').split('\r\n');
}

test('seven in the evening in Beijing is told in UTC, and text is escaped where it must be', () => {
	expect(linesOf(calendarFile(entry))).toEqual(
		expect.arrayContaining([
			...['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'DTSTART:20261123T110000Z', 'SEQUENCE:2'],
			String.raw`DESCRIPTION:1. 杂物；谁来清\n请谁参加：全院`,
			...['SUMMARY:小院议事会', 'LOCATION:院里，槐树下', 'DTSTAMP:20261120T010000Z', 'END:VCALENDAR']
		])
	);
});

test('whoever takes it in again gets the same event, changed', () => {
	const uids = [entry, { ...entry, changes: 3, title: '改了' }].map((each) =>
		linesOf(calendarFile(each)).find((line) => line.startsWith('UID:'))
	);
	expect(uids[0]).toBeDefined();
	expect(uids[0]).toBe(uids[1]);
});

test('no line is longer than 75 octets before it is folded', () => {
	const long = { ...entry, title: '议'.repeat(200), read: { agenda: [] } };
	const lines = calendarFile(long).split('\r\n');
	expect(Math.max(...lines.map((line) => new TextEncoder().encode(line).length))).toBeLessThanOrEqual(75);
});
