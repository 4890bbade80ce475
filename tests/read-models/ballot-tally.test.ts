import { describe, expect, test } from 'vitest';
import { erasureEntity } from '#kinds/erasure.ts';
import { toDay } from '#kinds/day.ts';
import { usualPassRule } from '#kinds/pass-rule.ts';
import type { Ballot } from '#kinds/convention-stage.ts';
import type { VoteChoice } from '#kinds/vote.ts';
import { closing, tallyOf, type Tally } from '#read-models/ballot-tally.ts';
import { erasurePlan } from '#read-models/erasure-plan.ts';
import { hashOfJson } from '#records/hash.ts';
import { seal, type Revision } from '#records/revision.ts';
import { childScope } from '#records/scope.ts';
import { overTheWire } from '../parsed-json.ts';
import { ballot, convention, courtyard, doors, holding, november, vote } from './ballots.ts';

const today = toDay('2026-11-23');

function tally(of: Ballot, ...revisions: readonly Revision[]): Tally {
	return tallyOf(holding(...revisions), convention, of);
}

/** The first `agree` households agree, the next `disagree` disagree, the next `abstain` abstain. */
function votes(agree: number, disagree: number, abstain: number): readonly Revision[] {
	const choices: readonly VoteChoice[] = [
		...Array.from({ length: agree }, () => 'agree' as const),
		...Array.from({ length: disagree }, () => 'disagree' as const),
		...Array.from({ length: abstain }, () => 'abstain' as const)
	];
	return choices.map((choice, index) => vote(doors[index] ?? '', { choice }));
}

function closed(...revisions: readonly Revision[]): Ballot {
	return { ...ballot, result: closing(tally(ballot, ...revisions), today) };
}

function line(of: Tally, door: string) {
	return of.voters.find(({ household }) => household === childScope(courtyard, door));
}

describe('half of fourteen households must vote, and two thirds of the votes agree', () => {
	test.each<[number, number, number, number, number, boolean]>([
		[0, 0, 0, 7, 0, false],
		[6, 0, 0, 7, 4, false],
		[7, 0, 0, 7, 5, true],
		[5, 2, 0, 7, 5, true],
		[4, 3, 0, 7, 5, false],
		[5, 0, 3, 7, 6, false],
		[6, 1, 1, 7, 6, true],
		[10, 4, 0, 7, 10, true],
		[9, 5, 0, 7, 10, false],
		[9, 0, 5, 7, 10, false],
		[14, 0, 0, 7, 10, true]
	])('%i agree, %i disagree, %i abstain', (agree, disagree, abstain, turnoutNeeded, agreeNeeded, passed) => {
		const found = tally(ballot, ...votes(agree, disagree, abstain));
		expect(found).toMatchObject({
			count: { agree, disagree, abstain },
			...{ given: agree + disagree + abstain, turnoutNeeded, agreeNeeded, passed }
		});
		expect(found.voters.filter(({ counts }) => counts)).toHaveLength(agree + disagree + abstain);
	});
});

describe('one household, several votes', () => {
	const first = vote('h04', { choice: 'agree' }, { at: november(21, 9) });

	test('a vote changed by someone who saw it counts as changed, and the earlier one can be read', () => {
		const changed = vote('h04', { choice: 'disagree' }, { at: november(21, 8), device: 'phone2' }, [first]);
		const found = tally(ballot, changed, first);
		expect(found.count).toEqual({ agree: 0, disagree: 1, abstain: 0 });
		expect(line(found, 'h04')).toMatchObject({
			counts: { hash: changed.hash, choice: 'disagree', device: 'phone2' },
			beside: [],
			before: [{ hash: first.hash, choice: 'agree' }]
		});
	});

	test('of two made on two phones the one recorded last counts, and the other is shown beside it', () => {
		const later = vote('h04', { choice: 'abstain' }, { at: november(21, 20), author: 'home4' });
		const found = tally(ballot, later, first);
		expect(found.count).toEqual({ agree: 0, disagree: 0, abstain: 1 });
		expect(line(found, 'h04')).toMatchObject({
			counts: { hash: later.hash, author: 'home4' },
			beside: [{ hash: first.hash, author: 'worker1', device: 'phone1', at: first.at }],
			before: []
		});
	});

	test('asked again, the household has one vote, and nothing is beside it', () => {
		const later = vote('h04', { choice: 'abstain' }, { at: november(21, 20) });
		const asked = vote('h04', { choice: 'agree' }, { at: november(22, 9) }, [first, later]);
		expect(line(tally(ballot, later, asked, first), 'h04')).toMatchObject({
			counts: { hash: asked.hash },
			beside: [],
			before: [{ hash: later.hash }, { hash: first.hash }]
		});
	});

	test('two recorded in the same moment leave no doubt: the greater hash counts', () => {
		const other = vote('h04', { choice: 'disagree' }, { at: november(21, 9) });
		const greater = first.hash > other.hash ? first : other;
		for (const order of [
			[first, other],
			[other, first]
		])
			expect(line(tally(ballot, ...order), 'h04')?.counts?.hash).toBe(greater.hash);
	});

	test('a vote taken back by someone who saw it is none', () => {
		const gone = vote('h04', null, { at: november(21, 10) }, [first]);
		const found = tally(ballot, first, gone);
		expect(found.given).toBe(0);
		expect(line(found, 'h04')).toMatchObject({ counts: undefined, before: [{ hash: first.hash }] });
		expect(tally(closed(first, gone), first, gone)).toMatchObject({ given: 0, apart: [] });
	});
});

describe('what does not count is apart', () => {
	test.each([
		['the last minute of the last day', '2026-11-23T15:59:00.000Z', 1, 0],
		['the first minute of the day after', '2026-11-23T16:00:00.000Z', 0, 1],
		['before it opened, by a wrong clock', '2026-11-01T00:00:00.000Z', 1, 0]
	])('recorded in %s', (_, at, given, late) => {
		const found = tally(ballot, vote('h01', {}, { at }));
		expect(found.given).toBe(given);
		expect(found.apart.map(({ why }) => why)).toEqual(late ? ['day'] : []);
	});

	test('changed too late, a vote counts as it was in time', () => {
		const first = vote('h01', { choice: 'agree' });
		const late = vote('h01', { choice: 'disagree' }, { at: november(24, 9) }, [first]);
		const found = tally(ballot, first, late);
		expect(line(found, 'h01')?.counts?.hash).toBe(first.hash);
		expect(found.apart).toMatchObject([{ hash: late.hash, why: 'day', choice: 'disagree' }]);
	});

	test('changed back in time over a late change, it counts as last in time', () => {
		const first = vote('h01', { choice: 'agree' });
		const late = vote('h01', { choice: 'disagree' }, { at: november(24, 9) }, [first]);
		const again = vote('h01', { choice: 'abstain' }, { at: november(21, 7) }, [late]);
		expect(line(tally(ballot, first, late, again), 'h01')).toMatchObject({
			counts: { hash: again.hash },
			beside: []
		});
	});

	test('another text, a household that may not vote, a vote of another ballot or convention', () => {
		const found = tally(
			ballot,
			vote('h01', { text: hashOfJson('another text') }),
			vote('h99', {}, { at: november(21, 12) }),
			vote('h02', {}, { entity: 'qianmen.caochang.g3.c12.h02.gongyue0001-ballot0002' }),
			vote('h02', {}, { entity: 'qianmen.caochang.g3.c12.h02.gongyue0002-ballot0001' })
		);
		expect(found.given).toBe(0);
		expect(found.apart.map(({ household, why }) => [household, why])).toEqual([
			[childScope(courtyard, 'h99'), 'voter'],
			[childScope(courtyard, 'h01'), 'text']
		]);
	});
});

describe('once closed, the result stands as it was counted', () => {
	const counted = votes(7, 1, 0);

	test('with the votes it names, and the households they are of', () => {
		const found = tally(closed(...counted), ...counted);
		expect(found).toMatchObject({ given: 8, passed: true, elsewhere: 0, against: undefined, apart: [] });
		expect(found.voters.filter(({ counts }) => counts)).toHaveLength(8);
	});

	test('a vote that arrives afterwards, or a change of one, is late and changes nothing', () => {
		const [first] = counted;
		const fresh = vote('h14', { choice: 'disagree' });
		const changed = vote('h01', { choice: 'disagree' }, { at: november(21, 11) }, first ? [first] : []);
		const beside = vote('h02', { choice: 'disagree' }, { at: november(21, 19) });
		const earlier = vote('h03', { choice: 'disagree' }, { at: november(21, 7) });
		const found = tally(closed(...counted), ...counted, fresh, changed, beside, earlier);
		expect(found.count).toEqual({ agree: 7, disagree: 1, abstain: 0 });
		expect(found.apart.map(({ hash, why }) => [hash, why])).toEqual([
			[beside.hash, 'closed'],
			[changed.hash, 'closed'],
			[fresh.hash, 'closed']
		]);
		expect(line(found, 'h03')).toMatchObject({ beside: [{ hash: earlier.hash }] });
	});

	describe('with the record of the count at hand', () => {
		const result = closed(...counted);
		const count = seal({
			...{ kind: 'convention', entity: convention.entity, parents: [], scope: courtyard },
			...{ author: 'worker1', device: 'phone1', at: november(22, 12) },
			body: overTheWire({
				...{ title: '示例公约', type: 'convention', clauses: [], rule: usualPassRule },
				stage: { name: 'voting', ballot: result }
			})
		});
		const found = (...more: readonly Revision[]) => tally(result, ...counted, count, ...more);

		test('a vote recorded before it and left out is told, and the votes held do not fit the result', () => {
			const leftOut = vote('h14', { choice: 'disagree' }, { at: november(22, 11) });
			const of = found(leftOut);
			expect(of).toMatchObject({ given: 8, apart: [{ hash: leftOut.hash, why: 'left-out' }] });
			expect(of.against).toMatchObject({
				held: { agree: 7, disagree: 2, abstain: 0 },
				...{ wrong: [], leftOut: [{ hash: leftOut.hash }] }
			});
		});

		test('so is a change of a counted vote', () => {
			const changed = vote('h01', { choice: 'abstain' }, { at: november(22, 9) }, counted.slice(0, 1));
			expect(found(changed).against).toMatchObject({
				held: { agree: 6, disagree: 1, abstain: 1 },
				leftOut: [{ hash: changed.hash }]
			});
		});

		test('a vote recorded after it says nothing against it', () => {
			const after = vote('h14', { choice: 'disagree' }, { at: november(22, 13) });
			expect(found(after)).toMatchObject({ apart: [{ why: 'closed' }], against: undefined });
		});

		test('one who copies the result later does not move the count', () => {
			const later = seal({ ...count, parents: [count.hash], at: november(23, 12) });
			const after = vote('h14', { choice: 'disagree' }, { at: november(22, 13) });
			expect(found(after, later).against).toBeUndefined();
		});
	});

	test("on a resident's phone, which holds one vote, the figures are the same", () => {
		expect(tally(closed(...counted), ...counted.slice(0, 1))).toMatchObject({
			count: { agree: 7, disagree: 1, abstain: 0 },
			...{ given: 8, elsewhere: 7, passed: true, against: undefined }
		});
	});

	test('what is left of an erased vote is not taken for a late one', () => {
		const signed = vote('h01', { signature: [[10, 10, 20, 20]] });
		const all = [signed, ...counted.slice(1)];
		const plan = erasurePlan([signed], { author: 'office', at: november(30, 9) });
		const scope = childScope(courtyard, 'h01');
		const erased = seal({
			...{ kind: 'erasure', entity: erasureEntity(scope, 'erasure01'), parents: [], scope, author: 'server' },
			...{ device: 'server', at: november(30, 9), body: { before: november(30, 9) } }
		});
		expect(plan.anew).toHaveLength(1);
		const early = vote('h01', {}, { at: november(22, 9), device: 'server' });
		for (const left of [...plan.anew, early]) {
			const found = tally(closed(...all), ...all.slice(1), left, erased);
			expect(found).toMatchObject({ given: 8, elsewhere: 0, erased: 1, against: undefined });
			expect(found.apart.map(({ why }) => why)).not.toContain('closed');
		}
	});

	test('a result that names a late vote, or a household twice, is told apart from the votes', () => {
		const late = vote('h14', { choice: 'agree' }, { at: november(25, 9) });
		const twice = vote('h01', { choice: 'agree' }, { at: november(21, 7) });
		for (const wrong of [late, twice]) {
			const { result } = closed(...counted);
			if (!result) throw new Error('no result');
			const named = [...result.votes, wrong.hash].sort();
			const found = tally({ ...ballot, result: { ...result, votes: named, agree: 8 } }, ...counted, wrong);
			expect(found.against?.wrong.map(({ hash }) => hash)).toEqual([wrong.hash]);
			expect(found.against?.held).toEqual({ agree: 7, disagree: 1, abstain: 0 });
			expect(found.elsewhere).toBe(0);
		}
	});

	test('a result whose figures are not those of its votes is told', () => {
		const { result } = closed(...counted);
		if (!result) throw new Error('no result');
		const found = tally({ ...ballot, result: { ...result, agree: 8, disagree: 0 } }, ...counted);
		expect(found).toMatchObject({ given: 8, against: { held: { agree: 7, disagree: 1 }, wrong: [] } });
	});
});
