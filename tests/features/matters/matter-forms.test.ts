import { expect, test } from 'vitest';
import { grantsOf } from '#access/grant.ts';
import { toDay } from '#kinds/day.ts';
import { matterOf } from '#kinds/matter.ts';
import { meetingEntity } from '#kinds/meeting.ts';
import { minuteEntity } from '#kinds/minute.ts';
import { progressEntity, progressOf } from '#kinds/progress.ts';
import { whistleEntity, whistleOf } from '#kinds/whistle.ts';
import { answered, edited, linked, moved, progressed, whistled } from '#features/matters/matter-entries.ts';
import {
	keptBy,
	moveKept,
	type MatterEditFields,
	raisingKept,
	type MoveFields,
	type RaisingFields
} from '#features/matters/matter-fields.ts';
import { placesToRaiseAt, raised, raisedByStaff, raisingStart } from '#features/matters/matter-raising.ts';
import { whistlesOn } from '#read-models/matter-progress.ts';
import type { Place } from '#read-models/places.ts';
import { childScope, scopeAt } from '#records/scope.ts';
import {
	at,
	courtyard,
	entity,
	holding,
	id,
	read,
	recorded,
	stages
} from '../../read-models/matter-records.ts';

const household = childScope(courtyard, 'h04');
const community = scopeAt(courtyard, 'community') ?? courtyard;
const today = toDay('2026-11-26');
const newId = () => 'chance0001';
const places: readonly Place[] = [
	{ scope: scopeAt(courtyard, 'subdistrict') ?? courtyard, level: 'subdistrict', name: '前门' },
	{ scope: community, level: 'community', name: '草厂' },
	{ scope: scopeAt(courtyard, 'grid') ?? courtyard, level: 'grid', name: '第三网格' },
	{ scope: courtyard, level: 'courtyard', name: '示例胡同1号' }
];
const worker = placesToRaiseAt(places, grantsOf([`worker:${scopeAt(courtyard, 'grid') ?? ''}`]));
const typed: MoveFields = {
	words: ' 换个锁 ',
	meeting: '',
	lines: [],
	owner: 'self',
	name: '',
	due: '2026-12-01',
	photos: []
};

test('a worker raises matters within their grid, an office about its community too', () => {
	expect([...worker.keys()]).toEqual(['household', 'courtyard', 'grid']);
	const office = placesToRaiseAt(places, grantsOf([`office:${community}`]));
	expect([...office.keys()]).toEqual(['household', 'courtyard', 'grid', 'community']);
	expect(placesToRaiseAt(places, grantsOf([`partner:${community}`])).size).toBe(0);
});

test('the form begins at the place that was asked for, or at the only one', () => {
	expect(raisingStart('', worker)).toMatchObject({ reach: 'courtyard', place: courtyard });
	expect(raisingStart(household, worker)).toMatchObject({
		...{ reach: 'household', place: courtyard, household },
		source: 'resident'
	});
	expect(raisingStart('nowhere/else', worker)).toMatchObject({ place: courtyard });
});

test('what was kept by the form as it was before is taken up', () => {
	const old = { text: '旧沙发', category: 'clutter', unnamed: true, photos: [] };
	expect(keptBy(raisingKept)(old)).toMatchObject({ ...old, reach: 'courtyard', place: '' });
	expect(keptBy(raisingKept)({ text: 1 })).toBeUndefined();
	const { lines, ...step } = typed;
	expect(keptBy(moveKept)(step)).toEqual({ ...step, lines });
});

test('staff say where, from whom and whence; a household that was not chosen is asked for', () => {
	const fields: RaisingFields = {
		...raisingStart('', worker),
		...{ text: '旧沙发', who: '居民甲', where: '院门口', source: 'reception', unnamed: true }
	};
	const result = raisedByStaff(fields, newId);
	expect(result).toMatchObject({
		entry: {
			scope: courtyard,
			body: { text: '旧沙发', source: 'reception', who: '居民甲', place: '院门口', unnamed: true }
		}
	});
	expect(result.type === 'entry' && matterOf(result.entry.entity)).toEqual({ scope: courtyard, id: newId() });
	expect(raisedByStaff({ ...fields, reach: 'household' }, newId)).toEqual({
		type: 'missing',
		field: 'household'
	});
	expect(raisedByStaff({ ...fields, place: '' }, newId)).toEqual({ type: 'missing', field: 'place' });
	expect(raisedByStaff({ ...fields, text: ' ' }, newId)).toEqual({ type: 'missing', field: 'text' });
	expect(raised({ ...fields, text: '灯' }, household, newId)).toMatchObject({
		entry: { scope: household, body: { text: '灯', unnamed: true } }
	});
});

test('a step keeps all else that a matter says, on top of what was seen', () => {
	const records = holding(at(undefined, 'worker1', 1, [], { category: 'repairs', meetings: ['a.meeting1'] }));
	const matter = read(records);
	const body = { text: '垃圾桶没盖', category: 'repairs', meetings: ['a.meeting1'] };
	const decided = moved(
		matter,
		body,
		'decide',
		{ ...typed, meeting: 'a.meeting0' },
		{ account: 'worker1', today }
	);
	expect(decided).toMatchObject({
		entry: {
			...{ entity, seen: matter.heads },
			body: {
				...{ text: '垃圾桶没盖', category: 'repairs', meetings: ['a.meeting0', 'a.meeting1'] },
				stage: { name: 'decided', decision: '换个锁', meeting: 'a.meeting0' }
			}
		}
	});
	const resting = moved(
		matter,
		body,
		'decide',
		{ ...typed, meeting: 'a.meeting0', lines: ['a.meeting0-line0001'] },
		{ account: 'worker1', today }
	);
	expect(resting).toMatchObject({ entry: { body: { stage: { lines: ['a.meeting0-line0001'] } } } });
	const foreign = { ...body, later: true };
	expect(moved(matter, foreign, 'decide', typed, { account: 'worker1', today })).toEqual({
		...{ type: 'missing', field: 'later-version' }
	});
});

test('an owner is oneself, a known account or a typed name', () => {
	const matter = read(holding(at(stages.decided, 'worker1', 1)));
	const given = (fields: Partial<MoveFields>) => {
		const result = moved(
			matter,
			{ text: '灯' },
			'assign',
			{ ...typed, ...fields },
			{ account: 'worker1', today }
		);
		return result.type === 'entry' ? result.entry.body?.['stage'] : result.field;
	};
	expect(given({})).toMatchObject({
		owner: { name: 'worker1', account: 'worker1' },
		due: '2026-12-01',
		round: 1
	});
	expect(given({ owner: 'worker2' })).toMatchObject({ owner: { name: 'worker2', account: 'worker2' } });
	expect(given({ owner: '', name: ' 城管科 ' })).toMatchObject({ owner: { name: '城管科' } });
	expect(given({ owner: '', name: ' ' })).toBe('owner');
	expect(given({ due: '2026-13-01' })).toBe('due');
});

test('progress and whistles are keyed by the matter and take what they need', () => {
	const matter = read(holding(at(stages.doing, 'worker1', 1)));
	const went = progressed(matter, { words: '量了', photos: [], waiting: '送货', until: '' }, newId);
	expect(went).toMatchObject({
		entry: { scope: courtyard, body: { words: '量了', waiting: { for: '送货' } } }
	});
	expect(went.type === 'entry' && progressOf(went.entry.entity)).toMatchObject({ matter: id });
	expect(progressed(matter, { words: '', photos: [], waiting: '', until: '' }, newId).type).toBe('missing');
	const called = whistled(matter, { department: '城管', reason: '占道', due: '2026-12-01' }, newId);
	expect(called.type === 'entry' && whistleOf(called.entry.entity)).toMatchObject({ matter: id });
	expect(whistled(matter, { department: '城管', reason: '', due: '2026-12-01' }, newId)).toEqual({
		...{ type: 'missing', field: 'reason' }
	});
});

test('an answer stands beside who reported in', () => {
	const doing = at(stages.doing, 'worker1', 1);
	const body = {
		department: '城管',
		reason: '占道',
		due: '2026-12-01',
		reported: { day: today, who: '队员甲' }
	};
	const called = recorded('office1', 2, [], body, { kind: 'whistle', entity: `${entity}-whistle01` });
	const records = holding(doing, called);
	const [whistle] = whistlesOn(records, { entity });
	if (!whistle) throw new Error('no whistle');
	expect(answered(read(records), whistle, body, 'answer', { day: today, words: '下周拆' })).toMatchObject({
		entry: { seen: [called.hash], body: { ...body, answer: { day: today, words: '下周拆' } } }
	});
});

test('what is put right of a matter leaves its words, its step and all else as they were', () => {
	const base = {
		text: '漏水',
		category: 'repair',
		unnamed: true,
		source: 'meeting',
		stage: { ...stages.doing }
	};
	const matter = read(holding(at(stages.doing, 'worker1', 1)));
	const change: MatterEditFields = { category: 'clutter', where: ' 东屋 ', unnamed: false, photos: [] };
	expect(edited(matter, base, change)).toMatchObject({
		entry: { kind: 'matter', entity, scope: courtyard }
	});
	const found = edited(matter, base, change);
	expect(found.type === 'entry' && found.entry.body).toEqual({
		...{ text: '漏水', source: 'meeting', stage: stages.doing },
		...{ category: 'clutter', place: '东屋' }
	});
	expect(edited(matter, { ...base, later: true }, change)).toEqual({
		type: 'missing',
		field: 'later-version'
	});
});

test('a meeting is linked at whatever step a matter is, once', () => {
	const matter = read(holding(at(stages.doing, 'worker1', 1)));
	const [first, other] = ['huiyi0001', 'huiyi0002'].map((key) => meetingEntity(courtyard, key));
	const base = { text: '漏水', stage: { ...stages.doing }, meetings: [other ?? ''] };
	const bodyOf = (meeting = '', lines: string[] = []) => {
		const found = linked(matter, base, { meeting, lines });
		return found.type === 'entry' ? found.entry.body : found.field;
	};
	expect(bodyOf(first)).toEqual({ ...base, meetings: [first, other] });
	expect([bodyOf(), bodyOf(other)]).toEqual(['meeting', 'meeting']);
	const line = minuteEntity(courtyard, 'huiyi0002', 'jueyi0001');
	expect(bodyOf(other, [line])).toEqual({ ...base, lines: [line] });
});

test('progress and a whistle are put right where they are, with what came of it', () => {
	const matter = read(holding(at(stages.doing, 'worker1', 1)));
	const old = progressEntity(courtyard, id, 'jinzhan01');
	expect(progressed(matter, { words: '好', photos: [], waiting: '', until: '' }, newId, old)).toMatchObject({
		entry: { kind: 'progress', entity: old, body: { words: '好' } }
	});
	const whistle = whistleEntity(courtyard, id, 'chuishao1');
	const reported = { day: '2026-11-25', who: '队员甲' };
	const fields = { department: '环卫中心', reason: '清不动', due: '2026-12-01' };
	const base = { department: '城管', reason: '清不动', due: '2026-11-30', reported };
	expect(whistled(matter, fields, newId, { entity: whistle, base })).toMatchObject({
		entry: { kind: 'whistle', entity: whistle, body: { ...fields, reported } }
	});
});
