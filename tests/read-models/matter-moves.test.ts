import { expect, test } from 'vitest';
import { toDay } from '#kinds/day.ts';
import { matterBody } from '#kinds/matter.ts';
import type { MatterStage } from '#kinds/matter-stage.ts';
import {
	matterMoves,
	stageAfterMove,
	type MatterMoveName,
	type MoveFacts
} from '#read-models/matter-moves.ts';
import type { RoundRatings } from '#read-models/matter-ratings.ts';
import * as v from 'valibot';
import { stages } from './matter-records.ts';

const today = toDay('2026-11-26');
const facts: MoveFacts = {
	...{ words: '说明', photos: [], today, meeting: 'qianmen.caochang.g3.c12.meeting1' },
	...{ owner: { name: '网格员乙' }, due: toDay('2026-12-01') }
};

function rated(round: number, counts: Partial<RoundRatings['counts']>, doubtful = 0): RoundRatings {
	return { round, counts: { satisfied: 0, partly: 0, not: 0, ...counts }, doubtful, ratings: [] };
}

function names(stage: MatterStage | undefined, ratings: readonly RoundRatings[] = []) {
	return matterMoves(stage, ratings).map(({ name }) => name);
}

test('a step can be left out, none goes back, and nothing is done while the stage is in doubt', () => {
	expect(names({ name: 'raised' })).toEqual(['deliberate', 'decide', 'assign']);
	expect(names(stages.deliberating)).toEqual(['decide', 'assign']);
	expect(names(stages.doing)).toEqual(['close', 'assign']);
	expect(names(undefined)).toEqual([]);
});

test('only a rating of this round that is not content, or in doubt, lets what was closed be reopened', () => {
	expect(names(stages.evaluating)).toEqual([]);
	expect(names(stages.evaluating, [rated(1, { satisfied: 3 })])).toEqual([]);
	expect(names({ ...stages.evaluating, round: 2 }, [rated(1, { not: 1 })])).toEqual([]);
	for (const poor of [rated(1, { not: 1 }), rated(1, { partly: 1 }), rated(1, {}, 1)])
		expect(names(stages.evaluating, [poor])).toEqual(['reopen']);
});

test('every move from every stage that offers it leads to a stage that can be saved', () => {
	const from: readonly MatterStage[] = [{ name: 'raised' }, ...Object.values(stages)];
	for (const stage of from)
		for (const { name, to } of matterMoves(stage, [rated(1, { not: 1 })])) {
			const next = stageAfterMove(stage, name, facts);
			expect(next?.name).toBe(to);
			expect(v.is(matterBody, { text: '垃圾桶没盖', stage: next })).toBe(true);
		}
});

test('rounds are counted by reopening alone, and what was given is kept when it is closed', () => {
	expect(stageAfterMove(stages.again, 'assign', facts)).toMatchObject({
		...{ round: 2, because: '门关不上' },
		owner: { name: '网格员乙' }
	});
	expect(stageAfterMove(stages.evaluating, 'reopen', facts)).toMatchObject({ round: 2, because: '说明' });
	expect(stageAfterMove(stages.doing, 'close', facts)).toEqual({
		...{ name: 'evaluating', owner: stages.doing.owner, due: stages.doing.due },
		...{ round: 1, result: '说明', day: today }
	});
});

test('a decision keeps what it rests on, and only with the meeting it is of', () => {
	const lines = ['qianmen.caochang.g3.c12.meeting1-line0001'];
	expect(stageAfterMove(stages.deliberating, 'decide', { ...facts, lines })).toMatchObject({ lines });
	const { meeting, ...without } = facts;
	expect(meeting).toBeDefined();
	expect(stageAfterMove(stages.deliberating, 'decide', { ...without, lines })).toEqual({
		...{ name: 'decided', decision: '说明' }
	});
});

test('what a step takes has to be told', () => {
	const told = { words: '说明', photos: [], today };
	const unowned: MoveFacts = { ...told, due: toDay('2026-12-01') };
	const undated: MoveFacts = { ...told, owner: { name: '网格员乙' } };
	const untold: readonly (readonly [MatterStage, MatterMoveName, MoveFacts])[] = [
		[stages.deliberating, 'decide', { ...facts, words: '' }],
		[stages.decided, 'assign', unowned],
		[stages.decided, 'assign', undated],
		[stages.doing, 'close', { ...facts, words: '' }],
		[stages.evaluating, 'reopen', { ...facts, words: '' }]
	];
	for (const [stage, move, without] of untold) expect(stageAfterMove(stage, move, without)).toBeUndefined();
});
