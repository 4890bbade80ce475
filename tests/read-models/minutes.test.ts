import { expect, test } from 'vitest';
import { matterEntity } from '#kinds/matter.ts';
import { attendanceId } from '#kinds/minute.ts';
import { meetingState } from '#read-models/meeting-state.ts';
import { minutesOf, type Minutes } from '#read-models/minutes.ts';
import type { Revision } from '#records/revision.ts';
import { atClock, councilRecord, courtyard, holding, household } from './meeting-records.ts';
import { itemIds, lineRecord, meeting, openMeeting, said, written } from './meeting-records.ts';

function minutes(...revisions: readonly Revision[]): Minutes {
	const records = holding(councilRecord(openMeeting), ...revisions);
	const state = meetingState(records, meeting);
	if (!state) throw new Error(`no meeting ${meeting}`);
	return minutesOf(records, state);
}

function wordsIn({ items }: Minutes): readonly (readonly string[])[] {
	return items.map(({ lines }) =>
		lines.map(({ body }) => (body && 'words' in body ? (body.words ?? '') : '?'))
	);
}

test('what was said stands under its item, in the order in which it was said', () => {
	const came = minutes(
		lineRecord('line0003', said('三', 3)),
		lineRecord('line0001', said('一', 1)),
		lineRecord('line0002', said('二', 2, itemIds[1]), {}, household)
	);
	expect(wordsIn(came)).toEqual([['一', '三'], ['二']]);
	expect(came.items[1]?.lines[0]?.scope).toBe(household);
});

test('an item nobody spoke on is there, and what belongs to no item that stands comes last', () => {
	const came = minutes(lineRecord('line0001', said('旧事', 1, 'topic999')));
	expect(came.items.map(({ item }) => item?.topic)).toEqual(['门口杂物', '夜间噪音', undefined]);
	expect(wordsIn(came)).toEqual([[], [], ['旧事']]);
});

test('a household that two phones tapped is there once, since the first of them', () => {
	const there = (clock: number) => ({ about: 'attendance', as: 'household', at: atClock(clock) });
	const came = minutes(
		lineRecord(attendanceId, there(4), { clock: 4 }, household),
		lineRecord(attendanceId, there(2), { clock: 2, author: 'worker2' }, household)
	);
	expect(came.attendance).toMatchObject([{ versions: [], body: there(2), first: { author: 'worker2' } }]);
});

test('photos are apart, and matters stand under the item they came out of', () => {
	const photo = { about: 'photo', item: itemIds[0], at: atClock(1), photo: 'a'.repeat(64) };
	const body = { text: '清理杂物', source: 'meeting', from: { meeting, item: itemIds[1] } };
	const entity = matterEntity(courtyard, 'matter01');
	const came = minutes(
		lineRecord('line0001', photo),
		written({ kind: 'matter', entity, scope: courtyard, body })
	);
	expect(came.photos.map((line) => line.body)).toEqual([photo]);
	expect(came.items.map(({ matters }) => matters.map((each) => each.entity))).toEqual([[], [entity]]);
});

test('a withdrawn line is gone, a reworded one says who wrote last', () => {
	const gone = lineRecord('line0001', said('错', 1));
	const line = lineRecord('line0002', said('门口放杂物', 2));
	const came = minutes(
		...[gone, lineRecord('line0001', null, { on: [gone], clock: 5 })],
		...[line, lineRecord('line0002', said('门口不放杂物', 2), { on: [line], clock: 6, author: 'worker2' })]
	);
	expect(wordsIn(came)).toEqual([['门口不放杂物'], []]);
	expect(came.items[0]?.lines[0]).toMatchObject({
		first: { author: 'worker1' },
		last: { author: 'worker2' }
	});
});

test('edits of one line on two phones join; where they touch, both stand beside each other whole', () => {
	const line = lineRecord('line0001', said('门口放杂物', 1));
	const edit = (words: string, author: string, more = {}) =>
		lineRecord('line0001', { ...said(words, 1), ...more }, { on: [line], clock: 2, author });
	const joined = minutes(line, edit('院门口放杂物', 'worker1'), edit('门口放杂物了', 'worker2'));
	expect(wordsIn(joined)).toEqual([['院门口放杂物了'], []]);
	expect(joined.items[0]?.lines[0]).toMatchObject({ hash: undefined, versions: [] });

	const apart = minutes(line, edit('窗下', 'worker1', { stance: 'for' }), edit('墙根', 'worker2'));
	expect(apart.items[0]?.lines[0]?.body).toBeUndefined();
	const versions = apart.items[0]?.lines[0]?.versions ?? [];
	expect(versions.toSorted((a, b) => (a.by.author < b.by.author ? -1 : 1))).toMatchObject([
		{ body: { words: '窗下', stance: 'for' }, by: { author: 'worker1' } },
		{ body: { words: '墙根', stance: 'for' }, by: { author: 'worker2' } }
	]);
});

test('a line that one withdrew and another reworded is both', () => {
	const line = lineRecord('line0001', said('杂物', 1));
	const came = minutes(
		line,
		lineRecord('line0001', null, { on: [line], clock: 2 }),
		lineRecord('line0001', said('堆杂物', 1), { on: [line], clock: 3, author: 'worker2' })
	);
	const [doubtful] = came.items[0]?.lines ?? [];
	expect(doubtful?.body).toBeUndefined();
	expect(doubtful?.versions.map(({ body }) => body && 'words' in body && body.words)).toEqual([
		undefined,
		'堆杂物'
	]);
});
