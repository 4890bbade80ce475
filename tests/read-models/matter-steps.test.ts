import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MatterStageName } from '#kinds/matter-stage.ts';
import { decisionIn, matterSteps, missingFor } from '#read-models/matter-steps.ts';
import { matterAt } from '#read-models/matters.ts';
import type { Revision } from '#records/revision.ts';
import { foldRuns } from '../property-runs.ts';
import { at, entity, holding, read, recorded, stages } from './matter-records.ts';

const raised = at(undefined, 'home1', 1);
const deliberating = at(stages.deliberating, 'worker1', 2, [raised]);
const decided = at(stages.decided, 'office1', 3, [deliberating]);
const doing = at(stages.doing, 'office1', 4, [decided]);
const evaluating = at(stages.evaluating, 'worker1', 5, [doing]);
const again = at(stages.again, 'office1', 6, [evaluating]);

/** `raised done home1`: each step with its state and who took it, round by round. */
function lineOf(...revisions: readonly Revision[]): readonly string[] {
	const records = holding(...revisions);
	return matterSteps(records, read(records)).map(({ name, state, taken }) =>
		[name, state, ...taken.map(({ by }) => by.author)].join(' ')
	);
}

test('each step says who took it, and what is still to come', () => {
	expect(lineOf(raised, deliberating, decided)).toEqual([
		'raised done home1',
		'deliberating done worker1',
		'decided now office1',
		'doing later',
		'evaluating later'
	]);
});

test('a step left out is skipped, and one taken by a change of words is nobody’s step', () => {
	const straight = at(stages.doing, 'worker1', 2, [raised]);
	const reworded = at(stages.doing, 'worker2', 3, [straight], { place: '院门口' });
	expect(lineOf(raised, straight, reworded)).toEqual([
		'raised done home1',
		'deliberating skipped',
		'decided skipped',
		'doing now worker1',
		'evaluating later'
	]);
});

test('a matter given out by a meeting was talked about and decided there', () => {
	const from = { meeting: 'qianmen.caochang.g3.c12.meeting1', item: 'item0001' };
	const born = at(stages.doing, 'worker1', 1, [], { source: 'meeting', from });
	const records = holding(born);
	const line = matterSteps(records, read(records));
	expect(line.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'now', 'later']);
	expect(line.map(({ meeting }) => meeting)).toEqual([
		undefined,
		from.meeting,
		from.meeting,
		undefined,
		undefined
	]);
});

test('a meeting linked by hand is where it was talked about, and decides nothing by itself', () => {
	const meetings = ['qianmen.caochang.g3.c12.meeting1', 'qianmen.caochang.g3.c12.meeting2'];
	const linked = at(stages.deliberating, 'worker1', 2, [raised], { meetings });
	const told = at(stages.decided, 'office1', 3, [linked], { meetings });
	const records = holding(raised, linked, told);
	const line = matterSteps(records, read(records));
	expect(line.map(({ meeting }) => meeting)).toEqual([
		undefined,
		meetings[0],
		undefined,
		undefined,
		undefined
	]);
});

test('after a reopening the step of the first round is told beside that of the second', () => {
	const records = holding(raised, deliberating, decided, doing, evaluating, again);
	const line = matterSteps(records, read(records));
	const named = (name: MatterStageName) => line.find((step) => step.name === name);
	expect(named('doing')).toMatchObject({
		state: 'now',
		taken: [{ stage: { round: 1 } }, { stage: { round: 2, because: '门关不上' } }]
	});
	expect(named('evaluating')).toMatchObject({ state: 'later', taken: [{ stage: { result: '装好了' } }] });
	expect(decisionIn(line)?.decision).toBe('装一个分类亭');
});

test('whoever took a step first is told, with what was last said of it', () => {
	const later = { ...stages.doing, due: '2026-11-30' };
	const put = recorded('office2', 5, [doing], { text: '垃圾桶没盖', stage: later });
	const records = holding(raised, deliberating, decided, doing, put);
	expect(matterSteps(records, read(records))[3]).toMatchObject({
		taken: [{ by: { author: 'office1' }, stage: { due: '2026-11-30' } }]
	});
});

test('while two different steps stand, no step is now and a choice is missing', () => {
	const other = at(stages.decided, 'worker2', 3, [deliberating]);
	const different = at(stages.doing, 'worker1', 3, [deliberating]);
	const records = holding(raised, deliberating, other, different);
	const matter = read(records);
	expect(matter.stage).toBeUndefined();
	expect(matter.doubts.map(({ path }) => path)).toEqual(['/stage']);
	expect(lineOf(raised, deliberating, other, different)).toEqual([
		'raised done home1',
		'deliberating done worker1',
		'decided doubtful worker2',
		'doing doubtful worker1',
		'evaluating later'
	]);
	expect(missingFor(matter)).toBe('choice');
	const chosen = at(stages.doing, 'office1', 8, [other, different]);
	expect(lineOf(raised, deliberating, other, different, chosen)[3]).toBe('doing now worker1');
});

test('what is missing follows from where it stands', () => {
	const missing = (...revisions: readonly Revision[]) => missingFor(read(holding(...revisions)));
	expect(missing(raised)).toBe('deliberation');
	expect(missing(at(undefined, 'worker1', 1, [], { meetings: ['qianmen.caochang.g3.c12.meeting1'] }))).toBe(
		'decision'
	);
	expect(missing(raised, deliberating)).toBe('decision');
	expect(missing(raised, deliberating, decided)).toBe('owner');
	expect(missing(doing, raised, deliberating, decided)).toBe('result');
	expect(missing(evaluating, doing, raised, deliberating, decided)).toBe('ratings');
});

test('the line is the same for every order in which the records arrive, some of them twice', () => {
	const all = [raised, deliberating, decided, doing, evaluating, again];
	const beside = at(stages.evaluating, 'worker2', 7, [doing]);
	const everything = [...all, beside];
	const expected = lineOf(...everything);
	const listed = matterAt(holding(...everything), entity);
	fc.assert(
		fc.property(
			fc.shuffledSubarray(everything, { minLength: everything.length }),
			fc.subarray(everything),
			(order, twice) => {
				expect(lineOf(...order, ...twice)).toEqual(expected);
				expect(matterAt(holding(...twice, ...order), entity)).toEqual(listed);
			}
		),
		{ numRuns: foldRuns }
	);
});
