import { ICalCalendar } from 'ical-generator';
import type { MeetingRead } from '#kinds/meeting.ts';
import { m } from '#paraglide/messages.js';

export interface CalendarEntry {
	/** The same for as long as it is the same meeting: who takes it in again gets no second one. */
	readonly entity: string;
	readonly title: string;
	readonly read: Pick<MeetingRead, 'place' | 'agenda' | 'invited'>;
	/** A time of the clock in Beijing: `2026-11-23T19:00`. */
	readonly starts: string;
	/** How often it was changed: a calendar shows the last. */
	readonly changes: number;
	/** When it was changed last, ISO 8601. */
	readonly changed: string;
}

/**
 * A calendar with one event (RFC 5545). Its time is told in UTC, which needs no table of a zone: in Beijing the
 * clock is never put forward.
 */
export function calendarFile({ entity, title, read, starts, changes, changed }: CalendarEntry): string {
	const calendar = new ICalCalendar({
		prodId: { company: 'zhonggeng', product: 'zhonggeng', language: 'ZH' }
	});
	calendar.createEvent({
		id: `${entity}@zhonggeng`,
		sequence: changes,
		stamp: new Date(changed),
		start: new Date(`${starts}:00+08:00`),
		summary: title,
		...(read.place !== undefined && { location: read.place }),
		description: [
			...read.agenda.map(({ topic }, index) => `${index + 1}. ${topic}`),
			...(read.invited === undefined ? [] : [m.meetings_invited({ who: read.invited })])
		].join('\n')
	});
	return calendar.toString();
}
