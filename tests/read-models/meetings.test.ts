import { expect, test } from 'vitest';
import { meetingsIn } from '#read-models/meeting-list.ts';
import { meetingState } from '#read-models/meeting-state.ts';
import { toScope } from '#records/scope.ts';
import {
	agenda,
	councilRecord,
	courtyard,
	holding,
	household,
	meeting,
	openMeeting
} from './meeting-records.ts';

const community = toScope('qianmen/caochang');

test('a meeting is its body, where it stands, and who changed it last', () => {
	const announced = councilRecord({ ...openMeeting, stage: { name: 'announced' } });
	const opened = councilRecord(openMeeting, { clock: 2, author: 'worker2', on: [announced] });
	const state = meetingState(holding(opened, announced), meeting);
	expect(state).toMatchObject({
		...{ entity: meeting, id: 'council1', scope: courtyard, heads: [opened.hash], doubts: [] },
		read: { title: '小院议事会', agenda, stage: { name: 'open' } },
		lastChange: { hash: opened.hash, author: 'worker2' }
	});
});

test('a meeting called off, or never heard of, is none', () => {
	const announced = councilRecord(openMeeting);
	const gone = councilRecord(null, { on: [announced] });
	expect(meetingState(holding(announced, gone), meeting)).toBeUndefined();
	expect(meetingState(holding(), meeting)).toBeUndefined();
	expect(meetingsIn(holding(announced, gone), [courtyard])).toEqual([]);
});

test('meetings of a place, of places in it and of places around it are listed, what begins last first', () => {
	const records = holding(
		councilRecord({ ...openMeeting, title: '昨天', starts: '2026-11-22T19:00' }),
		councilRecord({ ...openMeeting, title: '明天', starts: '2026-11-24T09:30' }, {}, community, 'council2'),
		councilRecord(openMeeting, {}, toScope('qianmen/dajiang/g1/c1'), 'council3')
	);
	const titles = (within: string) => meetingsIn(records, [toScope(within)]).map(({ title }) => title);
	expect(titles('qianmen/caochang')).toEqual(['明天', '昨天']);
	expect(titles('qianmen/caochang/g3')).toEqual(['明天', '昨天']);
	expect(titles('qianmen/caochang/g4')).toEqual(['明天']);
	expect(titles(household)).toEqual(['明天', '昨天']);
});

test('titles between which someone must choose stand side by side, and different steps make the stage doubtful', () => {
	const announced = councilRecord({ ...openMeeting, stage: { name: 'announced' } });
	const one = councilRecord({ ...openMeeting, title: '甲' }, { on: [announced], clock: 1 });
	const other = councilRecord(
		{ ...openMeeting, title: '乙', stage: { name: 'open', began: '2026-11-23T11:05:00.000Z' } },
		{ on: [announced], clock: 2 }
	);
	const [listed] = meetingsIn(holding(announced, one, other), [courtyard]);
	expect(listed?.title.split(' / ').sort()).toEqual(['乙', '甲']);
	expect(listed?.stage).toBe('doubtful');
});
