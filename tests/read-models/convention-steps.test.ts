import { expect, test } from 'vitest';
import { stepLines } from '#read-models/convention-steps.ts';
import { stageAfter } from '#read-models/convention-moves.ts';
import type { Stage } from '#kinds/convention-stage.ts';
import { addDays } from '#kinds/day.ts';
import { at, holdingAll, stateIn, today, votingOn } from './convention-ways.ts';
import { entity, savedBy, textBody } from './saved-conventions.ts';
import type { Revision } from '#records/revision.ts';

function linesOf(...revisions: readonly Revision[]) {
	const records = holdingAll(...revisions);
	return stepLines(records, stateIn(records));
}

/** So many steps still to come. */
function later(count: number): readonly string[] {
	return Array.from({ length: count }, () => 'later');
}

const collecting = at({ name: 'collecting' }, 1, []);
const drafting = at({ name: 'drafting' }, 2, [collecting]);
const reworded = at({ name: 'drafting' }, 3, [drafting], []);
const deliberating = at({ name: 'deliberating' }, 4, [reworded]);

test('a step tells who took it, and not who saved on while it lasted', () => {
	const lines = linesOf(collecting, drafting, reworded, deliberating);
	expect(lines.map(({ state }) => state)).toEqual([
		...['done', 'done', 'now'],
		...['later', 'later', 'later', 'later']
	]);
	expect(lines.slice(0, 3).map(({ taken }) => taken?.hash)).toEqual([
		collecting.hash,
		drafting.hash,
		deliberating.hash
	]);
});

test('a step that was never taken by itself is told apart from one that was', () => {
	const begun = at({ name: 'drafting' }, 1, []);
	expect(linesOf(begun).map(({ state }) => state)).toEqual(['skipped', 'now', ...later(5)]);
});

test('counting the votes is no second opening of the vote', () => {
	const opened = at(votingOn(deliberating.hash), 5, [deliberating]);
	const counted = at(votingOn(deliberating.hash, 4), 6, [opened]);
	const lines = linesOf(collecting, drafting, reworded, deliberating, opened, counted);
	expect(lines[3]).toMatchObject({ state: 'now', taken: { hash: opened.hash } });
});

test('what is taken again is told as taken last, and steps behind it as still to come', () => {
	const opened = at(votingOn(deliberating.hash, 1), 5, [deliberating]);
	const again = at(stageAfter(votingOn(deliberating.hash, 1), 'reopen', today, '没有通过'), 6, [opened]);
	const lines = linesOf(collecting, drafting, reworded, deliberating, opened, again);
	expect(lines[2]).toMatchObject({ state: 'now', taken: { hash: again.hash } });
	expect(lines[3]).toEqual({ name: 'voting', state: 'later' });
});

test('the next version has steps of its own, the one before does not count for them', () => {
	const posted = stageAfter(votingOn(deliberating.hash, 4), 'post', today, '');
	const inForce = stageAfter(posted, 'confirm', addDays(today, 8), '');
	const reviewing = stageAfter(inForce, 'start-review', addDays(today, 90), '');
	const next = stageAfter(reviewing, 'start-next', addDays(today, 100), '');
	const chain = [posted, inForce, reviewing, next].reduce<Revision[]>(
		(done, stage: Stage, index) => [...done, at(stage, 10 + index, done.slice(-1))],
		[deliberating]
	);
	const inReview = linesOf(collecting, drafting, reworded, ...chain.slice(0, -1));
	expect(inReview.at(-1)).toMatchObject({ name: 'reviewing', state: 'now' });
	expect(inReview[0]).toMatchObject({ state: 'done', taken: { hash: collecting.hash } });
	const lines = linesOf(collecting, drafting, reworded, ...chain);
	expect(lines.map(({ state }) => state)).toEqual(['skipped', 'now', ...later(5)]);
	expect(lines[1]?.taken?.hash).toBe(chain.at(-1)?.hash);
});

test('two different steps taken side by side leave none as the present one, and choosing takes none anew', () => {
	const one = at({ name: 'deliberating' }, 4, [reworded]);
	const other = savedBy('worker2', 5, [reworded], textBody([], { stage: { name: 'collecting' } }));
	expect(linesOf(collecting, drafting, reworded, one, other).map(({ state }) => state)).toEqual(later(7));
	const settled = savedBy('office1', 6, [one, other], textBody([], { stage: { name: 'deliberating' } }));
	const lines = linesOf(collecting, drafting, reworded, one, other, settled);
	expect(lines[2]).toMatchObject({ state: 'now', taken: { hash: one.hash } });
	expect(one.entity).toBe(entity);
});
