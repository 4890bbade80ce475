import { expect, test } from 'vitest';
import { clockNow } from '#features/meetings/clock-now.ts';
import {
	fieldsOf,
	meetingBodyOf,
	placedAgenda,
	type MeetingFields
} from '#features/meetings/meeting-fields.ts';
import { groupedMeetings, meetingsOn } from '#features/meetings/meeting-groups.ts';
import { speakersIn } from '#features/meetings/speakers.ts';
import { toDay } from '#kinds/day.ts';
import { readMeeting } from '#kinds/meeting.ts';
import { meetingsIn } from '#read-models/meeting-list.ts';
import { meetingState } from '#read-models/meeting-state.ts';
import { minutesOf } from '#read-models/minutes.ts';
import { attendanceId } from '#kinds/minute.ts';
import { atClock, councilRecord, courtyard, holding, household } from '../../read-models/meeting-records.ts';
import { lineRecord, meeting, openMeeting, said } from '../../read-models/meeting-records.ts';

const at = { level: 'courtyard', at: courtyard } as const;
const topics = (agenda: MeetingFields['agenda']) => agenda.map(({ topic }) => topic);

test('what was announced, opened and saved as it was, says the same', () => {
	const read = readMeeting({ ...openMeeting, place: '槐树下', chair: '甲', invited: '各户' });
	const typed = fieldsOf(read, at);
	const { stage } = read;
	if (!stage) throw new Error('no stage');
	expect(meetingBodyOf(typed, typed.title ?? '', stage)).toEqual(read);
});

test('items without words are left out, a moved one gets a place of its own, the others keep theirs', () => {
	const item = (id: string, place: string, topic: string) => ({ id, place, topic });
	const placed = placedAgenda([
		item('topic002', '', '夜间噪音'),
		item('topic001', 'a0', '门口杂物'),
		item('topic003', 'a2', ' \n'),
		item('topic004', 'a3', '别的')
	]);
	expect(topics(placed)).toEqual(['夜间噪音', '门口杂物', '别的']);
	expect(placed.slice(1).map(({ place }) => place)).toEqual(['a0', 'a3']);
	expect((placed[0]?.place ?? '') < 'a0').toBe(true);
});

test('in the evening in Beijing it is the same day there, whatever the device believes', () => {
	expect(clockNow(new Date('2026-11-23T16:05:30.000Z'))).toBe('2026-11-24T00:05');
});

test('what goes on comes first, and of what is to come what comes next', () => {
	const announced = (id: string, starts: string) =>
		councilRecord({ ...openMeeting, starts, title: id, stage: { name: 'announced' } }, {}, courtyard, id);
	const records = holding(
		announced('council2', '2026-12-02T19:00'),
		announced('council3', '2026-12-01T19:00'),
		councilRecord(openMeeting)
	);
	const listed = meetingsIn(records, [courtyard]);
	expect(meetingsOn(listed, toDay('2026-12-01')).map(({ id }) => id)).toEqual(['council1', 'council3']);
	const groups = groupedMeetings(listed);
	expect(groups.map(({ stage, meetings }) => [stage, meetings.map(({ id }) => id)])).toEqual([
		['open', ['council1']],
		['announced', ['council3', 'council2']]
	]);
});

test('who spoke last is offered first, a household whoever of it spoke', () => {
	const there = (as: string, clock: number, who?: string) => ({
		...{ about: 'attendance', as, at: atClock(clock) },
		...(who !== undefined && { who })
	});
	const records = holding(
		councilRecord(openMeeting),
		lineRecord('guest001', there('guest', 1, '来宾甲')),
		lineRecord('guest002', there('guest', 2, '来宾乙')),
		lineRecord(attendanceId, there('household', 3), {}, household),
		lineRecord('line0001', { ...said('好', 5), who: '住户乙' }, {}, household),
		lineRecord('line0002', { ...said('行', 4), who: '来宾乙' })
	);
	const state = meetingState(records, meeting);
	if (!state) throw new Error('no meeting');
	expect(speakersIn(minutesOf(records, state)).map(({ household: of, who }) => of || who)).toEqual([
		household,
		'来宾乙',
		'来宾甲'
	]);
});
