import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluationEntity, satisfactions, type Satisfaction } from '#kinds/evaluation.ts';
import { ratingsOf } from '#read-models/matter-ratings.ts';
import type { Revision } from '#records/revision.ts';
import { childScope, toScope } from '#records/scope.ts';
import { foldRuns } from '../property-runs.ts';
import { at, courtyard, holding, id, read, recorded, stages } from './matter-records.ts';

const doing = at(stages.doing, 'worker1', 1);
const closed = at(stages.evaluating, 'worker1', 2, [doing]);
const again = at(stages.again, 'worker1', 3, [closed]);
const closedAgain = at({ ...stages.evaluating, round: 2 }, 'worker1', 4, [again]);

/** How the matter is rated, by these ratings; it was carried out twice. */
function ratings(...revisions: readonly Revision[]) {
	const records = holding(doing, closed, again, closedAgain, ...revisions);
	return ratingsOf(records, read(records));
}

function rated(
	door: string,
	satisfaction: Satisfaction | null,
	more: { round?: number; author?: string; minute?: number; on?: readonly Revision[]; matter?: string } = {}
): Revision {
	const { round = 1, author = 'worker1', minute = 1, on = [], matter = id } = more;
	const scope = childScope(courtyard, door);
	return recorded(author, minute, on, satisfaction && { satisfaction }, {
		kind: 'evaluation',
		entity: evaluationEntity(scope, matter, round),
		scope
	});
}

test('every household counts once in each round, and other matters do not', () => {
	const changed = rated('h1', 'not');
	const found = ratings(
		changed,
		rated('h1', 'partly', { on: [changed], minute: 2 }),
		rated('h2', 'satisfied'),
		rated('h2', 'satisfied', { round: 2 }),
		rated('h3', 'not', { matter: 'matter0002' })
	);
	expect(found).toMatchObject([
		{ round: 1, counts: { satisfied: 1, partly: 1, not: 0 }, doubtful: 0 },
		{ round: 2, counts: { satisfied: 1, partly: 0, not: 0 }, doubtful: 0 }
	]);
});

test('a household told at the door and by its own tap otherwise is in doubt, and counted as neither', () => {
	const [round] = ratings(rated('h1', 'not'), rated('h1', 'satisfied', { author: 'home1', minute: 2 }));
	expect(round).toMatchObject({ counts: { satisfied: 0, partly: 0, not: 0 }, doubtful: 1 });
	const [doubt] = round?.ratings[0]?.doubts ?? [];
	expect(doubt?.path).toBe('/satisfaction');
	expect(doubt?.candidates.map(({ value }) => value).sort()).toEqual(['not', 'satisfied']);
});

test('a rating taken back counts no more', () => {
	const poor = rated('h1', 'not');
	expect(ratings(poor, rated('h1', null, { on: [poor], minute: 2 }))).toEqual([]);
});

test('a round that nobody closed is not rated, nor a matter by those whom it does not concern', () => {
	const elsewhere = childScope(toScope('qianmen/caochang/g3/c13'), 'h1');
	const stranger = recorded(
		'home9',
		5,
		[],
		{ satisfaction: 'not' },
		{
			kind: 'evaluation',
			entity: evaluationEntity(elsewhere, id, 1),
			scope: elsewhere
		}
	);
	expect(ratings(stranger, rated('h1', 'not', { round: 3 }))).toEqual([]);
	const open = holding(doing, rated('h1', 'not'));
	expect(ratingsOf(open, read(open))).toEqual([]);
	const reopened = holding(doing, closed, again, rated('h1', 'not'), rated('h1', 'not', { round: 2 }));
	expect(ratingsOf(reopened, read(reopened)).map(({ round }) => round)).toEqual([1]);
});

test('counts and doubts add up to the households that rated, in whatever order the records arrive', () => {
	const doors = ['h1', 'h2', 'h3', 'h4', 'h5'];
	const tap = fc.record({
		door: fc.constantFrom(...doors),
		author: fc.constantFrom('worker1', 'home1'),
		satisfaction: fc.constantFrom(...satisfactions)
	});
	const tried = fc
		.array(tap, { minLength: 1, maxLength: 8 })
		.chain((taps) => fc.tuple(fc.constant(taps), fc.shuffledSubarray(taps, { minLength: taps.length })));
	const all = (taps: readonly { door: string; author: string; satisfaction: Satisfaction }[]) =>
		ratings(...taps.map(({ door, author, satisfaction }) => rated(door, satisfaction, { author })));
	fc.assert(
		fc.property(tried, ([taps, shuffled]) => {
			const [round] = all(taps);
			const households = new Set(taps.map(({ door }) => door));
			const { satisfied, partly, not } = round?.counts ?? { satisfied: 0, partly: 0, not: 0 };
			expect(satisfied + partly + not + (round?.doubtful ?? 0)).toBe(households.size);
			expect(all(shuffled)).toEqual(all(taps));
		}),
		{ numRuns: foldRuns }
	);
});
