import { describe, expect, it, test } from 'vitest';
import { checkRecord } from '#kinds/check-record.ts';
import { toDay } from '#kinds/day.ts';
import { entityOfScope } from '#kinds/kind.ts';
import { filedMinutes, linesIn, type FiledMinutes } from '#read-models/filed-minutes.ts';
import { checkFiling, type FilingCheck } from '#read-models/filing-check.ts';
import { filedBody, filingObstacles, shownText } from '#read-models/filing-plan.ts';
import { minutesOf } from '#read-models/minutes.ts';
import { seal, type Revision } from '#records/revision.ts';
import { isJsonObject, type JsonObject } from '#records/json.ts';
import { hashOfJson } from '#records/hash.ts';
import { toScope } from '#records/scope.ts';
import {
	answered,
	attendance,
	ended,
	filedRecord,
	held,
	opened,
	resolved,
	signatures,
	spoken,
	stateIn,
	taken,
	task
} from './filing-records.ts';
import {
	agenda,
	atClock,
	councilRecord,
	courtyard,
	holding,
	household,
	lineRecord,
	openMeeting,
	said
} from './meeting-records.ts';

const day = toDay('2026-11-23');

/** The body that files what is held in `revisions`. */
function bodyFiling(...revisions: readonly Revision[]): JsonObject {
	const records = holding(...revisions);
	const state = stateIn(records);
	const [text] = state.heads;
	if (!text) throw new Error('no head');
	return filedBody(state, minutesOf(records, state), { text, ...signatures, day, days: 7 });
}

const before = [opened, held, ...taken];
const files = filedRecord(bodyFiling(...before));
const all = [...before, files];

/** The hash of what was signed, and of the signatures. */
function codeOf({ body }: Revision): string {
	const stage = body?.['stage'];
	return hashOfJson((isJsonObject(stage) && stage['filing']) || null);
}

function filed(...revisions: readonly Revision[]): FiledMinutes {
	const records = holding(...revisions);
	const found = filedMinutes(records, stateIn(records));
	if (!found) throw new Error('not filed');
	return found;
}

function check(...revisions: readonly Revision[]): FilingCheck {
	const records = holding(...revisions);
	const found = checkFiling(records, stateIn(records));
	if (!found) throw new Error('not filed');
	return found;
}

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
		expect(found.takenBack).toMatchObject([{ entity: answered.entity, by: { author: 'w2' } }]);
		expect(filed(...all).takenBack).toEqual([]);
		expect(check(...all, taken).type).toBe('whole');
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

describe('the check', () => {
	/** A record whose content was changed where it lies, without its hash. */
	const tampered = (revision: Revision, body: JsonObject): Revision => ({
		...revision,
		body: { ...revision.body, ...body }
	});
	const inPlaceOf = (revision: Revision, other: Revision) =>
		all.map((each) => (each === revision ? other : each));

	it('finds minutes whole, with a code that stands for all that was signed', () => {
		const found = check(...all);
		expect(found).toMatchObject({ type: 'whole', code: codeOf(files), broken: [], missing: 0 });
		expect(found.records.map(({ number, part }) => `${number} ${part}`)).toEqual([
			'1 meeting',
			'2 minute',
			'3 minute',
			'4 minute',
			'5 minute',
			'6 matter',
			'7 meeting',
			'8 meeting'
		]);
		expect(found.records.filter((each) => each.files).map(({ hash }) => hash)).toEqual([files.hash]);
		expect(check(...all.toReversed()).records.map(({ hash }) => hash)).toEqual(
			found.records.map(({ hash }) => hash)
		);
	});

	it.each<[string, Revision, Revision]>([
		['the words of a line', spoken, tampered(spoken, { words: '门口不挡路' })],
		['who did not say it', spoken, tampered(spoken, { stance: 'against' })],
		['a resolution', resolved, tampered(resolved, { words: '每天清理' })],
		['who is to do it', task, tampered(task, { text: '不清了' })],
		['the agenda that was signed', held, tampered(held, { agenda: agenda.slice(1) })],
		['when it was said', answered, { ...answered, at: atClock(59) }],
		['who took it down', answered, { ...answered, author: 'somebody' }],
		['what it was built on', held, { ...held, parents: [] }],
		['a line that lies under another’s name', answered, { ...resolved, hash: answered.hash }],
		[
			'a signature',
			files,
			tampered(files, {
				stage: {
					...stage(files),
					filing: filingWith({ chair: { name: '李建国', signature: [[1, 1, 2, 2]] } })
				}
			})
		],
		[
			'the last day to object',
			files,
			tampered(files, { stage: { ...stage(files), filing: filingWith({ until: '2026-12-31' }) } })
		]
	])('says so when someone changed %s', (_what, revision, other) => {
		const found = check(...inPlaceOf(revision, other));
		expect(found.type).toBe('broken');
		expect(found.broken.map(({ hash }) => hash)).toEqual([revision.hash]);
	});

	it('says so when a record was exchanged for another that is whole itself: the one that was filed is missing', () => {
		const forged = lineRecord('line0001', said('门口不挡路', 2), { clock: 2 }, household);
		const found = check(...inPlaceOf(spoken, forged));
		expect(found).toMatchObject({ type: 'missing', missing: 1 });
		expect(filed(...inPlaceOf(spoken, forged)).late.map(({ entity }) => entity)).toEqual([spoken.entity]);
	});

	it('says how many are missing', () => {
		expect(check(...all.filter((each) => each !== spoken && each !== task))).toMatchObject({
			type: 'missing',
			missing: 2
		});
	});

	it('of minutes that were signed anew throughout gives another code', () => {
		const forged = lineRecord('line0001', said('门口不挡路', 2), { clock: 2 }, household);
		const others = before.map((each) => (each === spoken ? forged : each));
		const anew = filedRecord(bodyFiling(...others));
		const found = check(...others, anew);
		expect(found.type).toBe('whole');
		expect(found.code).not.toBe(files.hash);
	});

	it('is of the courtyard’s meeting alone: another’s lines do not count', () => {
		const stranger = seal({ ...spoken, entity: spoken.entity.replace('council1', 'council2') });
		expect(check(...all, { ...stranger, body: {} })).toMatchObject({ type: 'whole' });
		expect(stateIn(holding(...all)).scope).toBe(courtyard);
	});
});

function stage({ body }: Revision): JsonObject {
	const value = body?.['stage'];
	if (value === undefined || !isJsonObject(value)) throw new TypeError('no stage');
	return value;
}

function filingWith(changes: JsonObject): JsonObject {
	const { filing = null } = stage(files);
	if (!isJsonObject(filing)) throw new TypeError('no filing');
	return { ...filing, ...changes };
}
