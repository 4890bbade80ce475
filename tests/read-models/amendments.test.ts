import { expect, test } from 'vitest';
import { amendmentEntity } from '#kinds/amendment.ts';
import { toDay } from '#kinds/day.ts';
import { readMeeting } from '#kinds/meeting.ts';
import { attendanceId } from '#kinds/minute.ts';
import { amendmentsClosed, amendmentsOf, householdsPresent, unanswered } from '#read-models/amendments.ts';
import { minutesOf, type Minutes } from '#read-models/minutes.ts';
import type { JsonObject } from '#records/json.ts';
import type { Revision } from '#records/revision.ts';
import type { Scope } from '#records/scope.ts';
import {
	atClock,
	courtyard,
	holding,
	household,
	lineRecord,
	meeting,
	meetingId,
	openMeeting,
	written
} from './meeting-records.ts';

const until = { until: toDay('2026-11-30') };

function amendment(
	id: string,
	body: JsonObject | null,
	{ clock = 0, author = 'worker1', on = [], scope = courtyard }: Partial<Amended> = {}
): Revision {
	const entity = amendmentEntity(scope, meetingId, id);
	return written({ kind: 'amendment', entity, scope, body }, { clock, author, on });
}
interface Amended {
	readonly clock: number;
	readonly author: string;
	readonly on: readonly Revision[];
	readonly scope: Scope;
}

const objection = { type: 'objection', words: '我没这么说' };
const days = 24 * 60;

test('amendments stand in the order in which they were made, a household’s with its door', () => {
	const records = holding(
		amendment('later001', { type: 'addition', words: '还说到停车', who: '来宾甲' }, { clock: 5 }),
		amendment('first001', objection, { clock: 1, scope: household }),
		amendment('other001', objection, { clock: 2, scope: household })
	);
	const found = amendmentsOf(records, meetingId, until);
	expect(found.map(({ read, household: door }) => [read.words, door])).toEqual([
		['我没这么说', household],
		['我没这么说', household],
		['还说到停车', undefined]
	]);
	expect(amendmentsOf(records, 'council2', until)).toEqual([]);
});

test('what was taken back is gone, what was answered needs nobody', () => {
	const gone = amendment('gone0001', objection);
	const asked = amendment('asked001', objection);
	const answer = { type: 'noted' };
	const records = holding(
		...[gone, amendment('gone0001', null, { on: [gone], clock: 3 })],
		...[asked, amendment('asked001', { ...objection, answer }, { on: [asked], clock: 4 })],
		amendment('open0001', objection)
	);
	const found = amendmentsOf(records, meetingId, until);
	expect(found.map(({ read }) => read.answer)).toEqual([answer, undefined]);
	expect(unanswered(found, undefined).map(({ entity }) => entity)).toEqual([
		amendmentEntity(courtyard, meetingId, 'open0001')
	]);
});

test('what was reworded by someone who had not seen the answer is not answered', () => {
	const asked = amendment('asked001', objection);
	const answered = amendment(
		'asked001',
		{ ...objection, answer: { type: 'accepted' } },
		{ on: [asked], clock: 4 }
	);
	const reworded = amendment('asked001', { ...objection, words: '应当赔偿' }, { on: [asked], clock: 5 });
	const [found] = amendmentsOf(holding(asked, answered, reworded), meetingId, until);
	expect(found?.read).toMatchObject({ words: '应当赔偿' });
	expect(found?.read.answer).toBeUndefined();
	const anew = { ...objection, words: '应当赔偿', answer: { type: 'declined' } };
	const last = amendment('asked001', anew, { on: [answered, reworded], clock: 6 });
	const [then] = amendmentsOf(holding(asked, answered, reworded, last), meetingId, until);
	expect(then?.read.answer).toEqual({ type: 'declined' });
});

test('two different answers are both shown, and it counts as unanswered until someone answers anew', () => {
	const asked = amendment('asked001', objection);
	const by = (author: string, type: string, on: readonly Revision[] = [asked]) =>
		amendment('asked001', { ...objection, answer: { type } }, { on, author, clock: 4 });
	const [one, other] = [by('w1', 'accepted'), by('w2', 'declined')];
	const apart = amendmentsOf(holding(asked, one, other), meetingId, until);
	expect(apart[0]?.answers.map(({ type }) => type).sort()).toEqual(['accepted', 'declined']);
	expect(unanswered(apart, undefined)).toHaveLength(1);
	const settled = amendmentsOf(holding(asked, one, other, by('w1', 'noted', [one, other])), meetingId, until);
	expect(settled).toMatchObject([{ answers: [], read: { answer: { type: 'noted' } } }]);
});

test('what is said on the last day is in time; a day later it is late and keeps nobody waiting', () => {
	const found = amendmentsOf(
		holding(
			amendment('inside01', objection, { clock: 7 * days }),
			amendment('beyond01', objection, { clock: 8 * days })
		),
		meetingId,
		until
	);
	expect(found.map(({ late }) => late)).toEqual([false, true]);
	expect(unanswered(found, undefined)).toHaveLength(1);
	expect([
		amendmentsClosed(until, toDay('2026-11-30')),
		amendmentsClosed(until, toDay('2026-12-01'))
	]).toEqual([false, true]);
});

test('a household that was not there can say so too, and nobody waits for its answer', () => {
	const found = amendmentsOf(
		holding(amendment('there001', objection, { scope: household }), amendment('place001', objection)),
		meetingId,
		until
	);
	const attended = minutesOf(
		holding(
			lineRecord(attendanceId, { about: 'attendance', as: 'household', at: atClock(1) }, {}, household)
		),
		{ entity: meeting, id: meetingId, read: readMeeting(openMeeting) }
	);
	const nobody = { ...attended, attendance: [] };
	const open = (minutes: Minutes, missing = 0) =>
		unanswered(found, householdsPresent({ minutes, missing })).map(({ household: door }) => door);
	expect(open(attended).toSorted()).toEqual([household, undefined]);
	expect(open(nobody)).toEqual([undefined]);
	// Whoever does not hold all that was signed cannot tell.
	expect(open(nobody, 1).toSorted()).toEqual([household, undefined]);
});
