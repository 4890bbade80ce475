import { expect, test } from 'vitest';
import { moveLeadsTo, movesFrom, stageAfter } from '#features/meetings/stage-moves.ts';
import { meetingStageBody, type MeetingStage } from '#kinds/meeting-stage.ts';
import * as v from 'valibot';

const began = '2026-11-23T11:00:00.000Z';
const now = '2026-11-23T12:30:00.000Z';
const stages: readonly MeetingStage[] = [
	{ name: 'announced' },
	{ name: 'open', began },
	{ name: 'ended', began, ended: now }
];

test('a meeting begins, ends, and goes on as if it had not ended', () => {
	const [announced, open, ended] = stages;
	if (!announced || !open || !ended) throw new Error('no stages');
	expect(stageAfter(announced, 'begin', began)).toEqual(open);
	expect(stageAfter(open, 'end', now)).toEqual(ended);
	expect(stageAfter(ended, 'go-on', now)).toEqual(open);
});

test('every step that is offered leads to a stage that can be written', () => {
	for (const stage of stages)
		for (const move of movesFrom(stage)) {
			const next = stageAfter(stage, move, now);
			expect(v.is(meetingStageBody, next)).toBe(true);
			expect(next.name).toBe(moveLeadsTo(move));
		}
	expect(() => stageAfter({ name: 'announced' }, 'end', now)).toThrow('no end from announced');
});
