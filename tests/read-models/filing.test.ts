import { describe, expect, it, test } from 'vitest';
import { checkRecord } from '#kinds/check-record.ts';
import { entityOfScope } from '#kinds/kind.ts';
import { attendanceId } from '#kinds/minute.ts';
import { filedMinutes, linesIn, type FiledMinutes } from '#read-models/filed-minutes.ts';
import { serverDevice } from '#read-models/erasure-plan.ts';
import { checkFiling } from '#read-models/filing-check.ts';
import { filingObstacles, shownText } from '#read-models/filing-plan.ts';
import { minutesOf } from '#read-models/minutes.ts';
import { seal, type Revision } from '#records/revision.ts';
import { childScope, toScope } from '#records/scope.ts';
import { all, before, bodyFiling, check, codeOf, filed, files, filingWith, stage } from './filed-council.ts';
import {
	answered,
	attendance,
	ended,
	filedRecord,
	held,
	opened,
	resolved,
	spoken,
	stateIn,
	taken,
	task
} from './filing-records.ts';
import {
	atClock,
	councilRecord,
	courtyard,
	holding,
	household,
	lineRecord,
	openMeeting,
	said
} from './meeting-records.ts';

const wordsIn = (found: FiledMinutes) =>
	linesIn(found.minutes).flatMap(({ body }) => (body && 'words' in body ? [body.words] : []));

describe('what stands in the way of filing', () => {
	const obstacles = (...revisions: readonly Revision[]) => {
		const records = holding(...revisions);
		const state = stateIn(records);
		return filingObstacles(state, minutesOf(records, state));
	};
	const reworded = (words: string, author: string) =>
		lineRecord('line0002', said(words, 3), { clock: 9, author, on: [answered] });
	const renamed = (title: string, author: string) =>
		councilRecord({ ...ended, title }, { clock: 70, author, on: [held] });
	const due = (day: string, author: string) =>
		seal({
			...task,
			author,
			parents: [task.hash],
			body: { ...task.body, stage: { ...stage(task), due: day } }
		});

	it.each<[string, readonly Revision[], readonly string[]]>([
		['nothing, when it ended and all agree', before, []],
		['that it goes on', [opened, ...taken], ['stage']],
		['that it is filed already', all, ['stage']],
		['that nothing was taken down', [opened, held], ['empty']],
		['two wordings of one line', [...before, reworded('甲', 'w1'), reworded('乙', 'w2')], ['lines']],
		['two titles', [...before, renamed('甲会', 'w1'), renamed('乙会', 'w2')], ['meeting']],
		['two days for one task', [...before, due('2026-12-02', 'w1'), due('2026-12-03', 'w2')], ['matters']]
	])('%s', (_what, revisions, expected) => {
		expect(obstacles(...revisions)).toEqual(expected);
	});
});

describe('the filing', () => {
	it('names the text, every line and every matter, and is a meeting the server takes', () => {
		expect(checkRecord(files)).toMatchObject({ ok: true });
		const stage = files.body?.['stage'];
		expect(stage).toMatchObject({
			name: 'filed',
			filing: {
				text: held.hash,
				minutes: [attendance, spoken, answered, resolved].map(({ hash }) => hash).sort(),
				matters: [task.hash],
				day: '2026-11-23',
				until: '2026-11-30'
			}
		});
	});

	it('names both heads of a line that joined by itself, and shows the line joined', () => {
		const one = lineRecord('line0002', said('周六上午一起清', 3), { clock: 9, author: 'w1', on: [answered] });
		const other = lineRecord('line0002', said('周六一起清走', 3), { clock: 9, author: 'w2', on: [answered] });
		const joined = [...before, one, other];
		const found = filed(...joined, filedRecord(bodyFiling(...joined)));
		expect(wordsIn(found)).toContain('周六上午一起清走');
		expect([found.missing, found.late]).toEqual([0, []]);
	});

	it('is of another text when anything that is shown changes', () => {
		const shown = (...revisions: readonly Revision[]) => {
			const records = holding(...revisions);
			return shownText(stateIn(records), minutesOf(records, stateIn(records)), 7);
		};
		const first = shown(...before);
		expect(shown(...before.toReversed())).toBe(first);
		const more = lineRecord('line0009', said('还有', 9), { clock: 9 });
		expect(new Set([first, shown(...before, more), shown(...before.slice(0, -1))]).size).toBe(3);
	});

	it('is of another text with another time to object', () => {
		const records = holding(...before);
		const [week, month] = [7, 30].map((days) =>
			shownText(stateIn(records), minutesOf(records, stateIn(records)), days)
		);
		expect(week).not.toBe(month);
	});

	it('is of the day on which the meeting ended where that is later by the clock it ended by', () => {
		const late = councilRecord(
			{ ...ended, stage: { ...stage(held), ended: '2026-11-24T02:00:00.000Z' } },
			{ clock: 60, on: [opened] }
		);
		const record = filedRecord(bodyFiling(opened, late, ...taken), 'worker1', [late]);
		expect(stage(record)).toMatchObject({ filing: { day: '2026-11-24', until: '2026-12-01' } });
		expect(checkRecord(record)).toMatchObject({ ok: true });
	});

	it('is not made of a meeting that goes on', () => {
		expect(() => bodyFiling(opened, ...taken)).toThrow(RangeError);
	});
});

describe('filed minutes', () => {
	it('are what was signed', () => {
		const found = filed(...all);
		expect(wordsIn(found)).toEqual(['门口堆物挡路', '周六一起清', '每周六清理一次']);
		expect(found.minutes.attendance).toHaveLength(1);
		expect(found.minutes.items[0]?.matters).toMatchObject([{ id: 'matter01' }]);
		expect(found).toMatchObject({
			code: codeOf(files),
			missing: 0,
			late: [],
			lateMatters: [],
			confirmed: undefined
		});
	});

	test('what arrives later is apart, and nothing of it gets in', () => {
		const later = lineRecord('line0009', said('我后来才说的', 4), { clock: 4, author: 'w2' });
		const reworded = lineRecord('line0002', said('周日清', 3), { clock: 100, author: 'w2', on: [answered] });
		const other = seal({ ...task, entity: task.entity.replace('01', '02') });
		const renamed = councilRecord({ ...files.body, title: '改了的题目' }, { clock: 120, on: [files] });
		const found = filed(...all, later, reworded, other, renamed);
		expect(wordsIn(found)).toEqual(wordsIn(filed(...all)));
		expect(found.read.title).toBe(openMeeting['title']);
		expect(found.late.map(({ entity }) => entity).sort()).toEqual([answered.entity, later.entity].sort());
		expect(found.lateMatters.map(({ id }) => id)).toEqual(['matter02']);
		expect(check(...all, later, reworded, other).type).toBe('whole');
	});

	test('what was taken back by someone who did not know of the filing stays in it, and is told', () => {
		const taken = lineRecord('line0002', null, { clock: 100, author: 'w2', on: [answered] });
		const found = filed(...all, taken);
		expect(wordsIn(found)).toEqual(wordsIn(filed(...all)));
		expect(found.takenBack).toMatchObject([
			{
				...{ entity: answered.entity, by: { author: 'w2' }, reason: '记错了' },
				...{ line: { body: { words: '周六一起清' } }, matter: undefined }
			}
		]);
		expect(filed(...all).takenBack).toEqual([]);
		expect(check(...all, taken).type).toBe('whole');
	});

	test('a task that was taken back reads as it was signed', () => {
		const back = seal({ ...task, author: 'w2', parents: [task.hash], body: null, reason: '重复了' });
		expect(filed(...all, back).takenBack).toMatchObject([
			{ line: undefined, matter: { body: { text: '清走门口堆物' } }, reason: '重复了' }
		]);
	});

	test('what came late and was erased since is none of what was signed', () => {
		const erasing = (record: Revision) =>
			seal({
				...{ kind: 'minute', entity: record.entity, scope: record.scope, parents: [], author: 'office1' },
				...{ device: serverDevice, at: atClock(200), body: record.body }
			});
		const neighbour = childScope(courtyard, 'h05');
		const came = { about: 'attendance', as: 'household', at: atClock(9) };
		const late = lineRecord(attendanceId, came, { clock: 9 }, neighbour);
		const both = filed(...all, erasing(late));
		expect([both.erased.length, both.erasedSigned]).toEqual([1, []]);
		const rest = all.filter((each) => each !== attendance);
		const one = filed(...rest, erasing({ ...attendance, body: { ...came, at: atClock(1) } }), erasing(late));
		expect(one.erased).toHaveLength(2);
		expect(one.erasedSigned).toMatchObject([{ entity: attendance.entity }]);
	});

	test('lines of another place and households’ own matters are none of it, whatever meeting they name', () => {
		const elsewhere = lineRecord('line0009', said('别处的话', 4), {}, toScope('qianmen/caochang/g3/c99'));
		const own = seal({ ...task, scope: household, entity: `${entityOfScope(household)}.matter09` });
		const found = filed(...all, elsewhere, own);
		expect([found.late, found.lateMatters, found.missing]).toEqual([[], [], 0]);
		expect(found.code).toBe(filed(...all).code);
	});

	test('a matter that goes on is shown as it was given', () => {
		const done = seal({
			...task,
			parents: [task.hash],
			body: { ...task.body, stage: { ...stage(task), name: 'evaluating', result: '清了', day: '2026-11-30' } }
		});
		const found = filed(...all, done);
		expect(found.minutes.items[0]?.matters[0]?.stage).toMatchObject({ name: 'doing', due: '2026-12-01' });
		expect(found.lateMatters).toEqual([]);
	});

	test('what is left of an erased household is neither late nor part of it', () => {
		const left = seal({
			...attendance,
			device: 'server',
			author: 'office',
			body: { about: 'attendance', as: 'household', at: atClock(1) }
		});
		const rest = all.filter((revision) => revision !== attendance);
		const found = filed(...rest, left);
		expect(found).toMatchObject({ missing: 1, late: [], erased: [{ entity: attendance.entity }] });
		expect(check(...rest, left)).toMatchObject({ type: 'missing', missing: 1, broken: [] });
	});

	test('stand though someone who had not heard of it took another step', () => {
		const reopened = councilRecord(
			{ ...ended, stage: openMeeting['stage'] ?? null },
			{ clock: 95, on: [held] }
		);
		expect(wordsIn(filed(...all, reopened))).toEqual(wordsIn(filed(...all)));
		expect(check(...all, reopened).type).toBe('whole');
	});

	test('filed twice apart they are neither, until it is settled', () => {
		const other = filedRecord({ ...files.body, title: '另一份' }, 'worker2');
		const apart = filedRecord(
			{
				...files.body,
				stage: { ...stage(files), filing: filingWith({ day: '2026-11-24', until: '2026-12-02' }) }
			},
			'worker2'
		);
		const records = holding(...all, apart);
		expect(filedMinutes(records, stateIn(records))).toBeUndefined();
		expect(checkFiling(records, stateIn(records))).toBeUndefined();
		const settled = councilRecord(files.body, { clock: 130, on: [files, apart] });
		expect(filed(...all, apart, settled).filing).toEqual(filed(...all).filing);
		// The same filing beside another title is one filing, of whoever comes first.
		expect(filed(...all, other).filing).toEqual(filed(...all).filing);
	});
});
