import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { mayTakeStep } from '#access/rights.ts';
import { stageBody, type Stage } from '#kinds/convention-stage.ts';
import { addDays, type Day } from '#kinds/day.ts';
import { movesFrom, stageAfter, type MoveName } from '#read-models/convention-moves.ts';
import { versionOf } from '#read-models/convention-steps.ts';
import { hashOfJson } from '#records/hash.ts';
import type { Revision } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { propertyRuns } from '../property-runs.ts';
import { at, holdingAll, roster, said, stateIn, today, votingOn } from './convention-ways.ts';
import { savedBy, textBody, yard } from './saved-conventions.ts';

const text = hashOfJson('the text voted on');
const passed = votingOn(text, 4);
const posted = stageAfter(passed, 'post', today, '');
const inForce = stageAfter(posted, 'confirm', addDays(today, 8), '');
const reviewing = stageAfter(inForce, 'start-review', addDays(today, 90), '');

function movesOf(revisions: readonly Revision[], day: Day = today) {
	const records = holdingAll(...revisions);
	return movesFrom(records, stateIn(records), day);
}
function names(stage: Stage, day: Day = today): readonly MoveName[] {
	return movesOf([...roster(), at(stage, 1, [])], day).map(({ name }) => name);
}

test.each<[string, Stage, Day, readonly MoveName[]]>([
	['collecting', { name: 'collecting' }, today, ['start-drafting']],
	['drafting', { name: 'drafting' }, today, ['start-deliberating']],
	['deliberating', { name: 'deliberating' }, today, ['open-vote']],
	['an open vote', votingOn(text), today, ['count-votes', 'abandon-vote']],
	['a vote whose days are over', votingOn(text), addDays(today, 1), ['count-votes']],
	['a vote that passed', passed, today, ['post', 'reopen']],
	['a vote that failed', votingOn(text, 1), today, ['reopen']],
	['posted', posted, today, ['confirm', 'reopen']],
	['in force', inForce, addDays(today, 8), ['start-review']],
	['reviewing', reviewing, addDays(today, 90), ['start-next', 'keep']]
])('from %s lead the moves that people make there', (_, stage, day, moves) => {
	expect(names(stage, day)).toEqual(moves);
});

test('while the next version is made, it can be given up for the one in force', () => {
	const next = stageAfter(reviewing, 'start-next', addDays(today, 91), '');
	expect(names(next, addDays(today, 91))).toEqual(['start-deliberating', 'keep']);
	expect(stageAfter(next, 'keep', addDays(today, 92), '算了')).toEqual(inForce);
});

test('a step back says why, a step on needs no reason', () => {
	const all = [votingOn(text), passed, posted].flatMap((stage) => movesOf([at(stage, 1, [])]));
	expect(all.every(({ forward, because }) => forward !== because)).toBe(true);
	expect(movesOf([at(votingOn(text, 1), 1, [])])[0]).toMatchObject({ forward: true, because: true });
});

test('deliberating wants clauses, a vote households, too', () => {
	const empty = at({ name: 'drafting' }, 1, [], []);
	expect(movesOf([empty])[0]?.missing).toEqual([{ type: 'clauses' }]);
	const read = at({ name: 'deliberating' }, 1, []);
	expect(movesOf([read])[0]?.missing).toEqual([{ type: 'households' }]);
	expect(movesOf([read, ...roster()])[0]?.missing).toEqual([]);
});

test('no step is taken over doubts: what is in doubt would be left out of the body written', () => {
	const first = at({ name: 'drafting' }, 1, []);
	const one = savedBy('worker1', 2, [first], textBody(undefined, { title: '示例一' }));
	const other = savedBy('worker2', 3, [first], textBody(undefined, { title: '示例二' }));
	expect(movesOf([first, one, other])[0]?.missing).toEqual([{ type: 'doubts', count: 1 }]);
	const steps = [{ name: 'deliberating' as const }, { name: 'collecting' as const }];
	expect(movesOf([first, ...steps.map((stage, index) => at(stage, 4 + index, [first]))])).toEqual([]);
});

test('a vote is counted when its last day is over, a text comes into force when its posting is', () => {
	const counting = (day: Day) => movesOf([at(votingOn(text), 1, [])], day)[0]?.missing;
	expect(counting(today)).toEqual([{ type: 'voting', until: today }]);
	expect(counting(addDays(today, 1))).toEqual([]);
	const confirming = (day: Day) => movesOf([at(posted, 1, [])], day)[0]?.missing;
	expect(confirming(addDays(today, 7))).toEqual([{ type: 'posting', until: addDays(today, 7) }]);
	expect(confirming(addDays(today, 8))).toEqual([]);
});

test('an objection made while the text is posted stands in the way, one made before or after does not', () => {
	const objection = { about: 'objection', words: '第三条太严' };
	const missing = (day: Day) =>
		movesOf([at(posted, 1, []), said('h1', 'objection1', objection, day)], addDays(today, 8)).map(
			({ name, missing }) => [name, missing]
		);
	// What is usual then is to deliberate again.
	expect(missing(addDays(today, 2))).toEqual([
		['reopen', []],
		['confirm', [{ type: 'objections', count: 1 }]]
	]);
	expect(missing(addDays(today, 7))[0]).toEqual(['reopen', []]);
	expect(missing(addDays(today, -1))[0]).toEqual(['confirm', []]);
	expect(missing(addDays(today, 8))[0]).toEqual(['confirm', []]);
});

test('a move is made only from where it leads on', () => {
	expect(() => stageAfter({ name: 'collecting' }, 'post', today, '')).toThrow('no post from collecting');
	expect(() => stageAfter(votingOn(text, 1), 'post', today, '')).toThrow('no post from voting');
	expect(() => stageAfter({ name: 'deliberating' }, 'open-vote', today, '')).toThrow('open-vote');
});

test('whoever works in the grid takes every step but those that only an office takes', () => {
	const worker = [{ role: 'worker', scope: toScope('qianmen/caochang/g3') }] as const;
	const may = (stage: Stage, name: MoveName) => {
		const move = movesOf([at(stage, 1, [])]).find((one) => one.name === name);
		return move && mayTakeStep(worker, 'convention', move.to, yard);
	};
	expect(may({ name: 'drafting' }, 'start-deliberating')).toBe(true);
	expect(may(passed, 'post')).toBe(true);
	expect(may(posted, 'reopen')).toBe(true);
	expect(may(posted, 'confirm')).toBe(false);
	expect(may(reviewing, 'keep')).toBe(false);
});

test('wherever the moves lead, the stage is one the server takes, and versions only rise', () => {
	const made = fc.array(fc.record({ pick: fc.nat(), days: fc.nat(20), agree: fc.constantFrom(1, 4) }), {
		minLength: 1,
		maxLength: 25
	});
	fc.assert(
		fc.property(made, (choices) => {
			let stage: Stage = { name: 'collecting' };
			let day = today;
			let version = 0;
			for (const { pick, days, agree } of choices) {
				day = addDays(day, days);
				const before: Stage = stage;
				const moves = movesOf([...roster(), at(before, 1, [])], day).filter(
					({ missing }) => missing.length === 0
				);
				const move = moves[pick % Math.max(moves.length, 1)];
				if (!move) continue;
				stage = stageMade(before, move.name, day, agree === 4 ? 4 : 1);
				expect(v.safeParse(stageBody, stage).issues).toBeUndefined();
				if (stage.inForce) expect(stage.inForce.version).toBeGreaterThanOrEqual(version);
				else expect(version).toBe(0);
				version = stage.inForce?.version ?? version;
				expect(versionOf(stage) - version).toBeLessThanOrEqual(1);
			}
		}),
		{ numRuns: Math.ceil(propertyRuns / 10) }
	);
});

/** The stage after a move, with what the vote's own screen does for the two moves made there. */
function stageMade(stage: Stage, name: MoveName, day: Day, agree: 1 | 4): Stage {
	const inForce = stage.inForce && { inForce: stage.inForce };
	if (name === 'open-vote') {
		const { ballot } = votingOn(text);
		return { name: 'voting', ballot: { ...ballot, opens: day, closes: addDays(day, 3) }, ...inForce };
	}
	if (name === 'count-votes' && stage.name === 'voting') {
		const { result } = votingOn(text, agree).ballot;
		return {
			name: 'voting',
			ballot: { ...stage.ballot, ...(result && { result: { ...result, day } }) },
			...inForce
		};
	}
	return stageAfter(stage, name, day, '说一句为什么');
}
