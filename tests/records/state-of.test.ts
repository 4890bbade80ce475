import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#records/json.ts';
import { fieldByField } from '#records/merge-policy.ts';
import { joinSets } from '#records/merge-rules.ts';
import { seal, type Revision } from '#records/revision.ts';
import { stateOf } from '#records/state-of.ts';
import { plainContent } from './histories.ts';

const policy = fieldByField({ '/set': joinSets });

function write(parents: readonly Revision[], body: JsonObject | null, author = 'worker1'): Revision {
	const content = { ...plainContent, parents: parents.map(({ hash }) => hash).sort(), author, body };
	return seal(body === null ? { ...content, reason: 'gone' } : content);
}

function present(revisions: readonly Revision[]) {
	const state = stateOf(revisions, policy);
	if (state.status !== 'present') throw new Error(`expected an entity, got ${state.status}`);
	return state;
}

describe('stateOf', () => {
	it('folds fifteen rounds of people who part and meet again as readily as one', () => {
		const all: Revision[] = [write([], { set: [] })];
		let heads: readonly Revision[] = all;
		for (let round = 0; round < 15; round += 1) {
			const { set } = present(all).body;
			const held = Array.isArray(set) ? set.map(String) : [];
			heads = ['甲', '乙', '丙'].map((who) => write(heads, { set: [...held, `${who}${round}`] }, who));
			all.push(...heads);
		}
		expect(present(all).doubts).toEqual([]);
		expect(present(all).body['set']).toHaveLength(45);
	});

	it('knows nothing of an entity nobody wrote about', () => {
		expect(stateOf([], policy)).toEqual({ status: 'unknown' });
	});

	it('is what its only record says', () => {
		const only = write([], { a: 1, c: { d: [2] } });
		expect(stateOf([only], policy)).toEqual({
			status: 'present',
			heads: [only.hash],
			body: { a: 1, c: { d: [2] } },
			doubts: [],
			writers: { '/a': [only.hash], '/c/d': [only.hash] }
		});
		const again = write([only], { a: 1, c: { d: [2] } }, 'worker2');
		expect(stateOf([only, again], policy)).toEqual({
			...stateOf([only], policy),
			heads: [again.hash]
		});
	});

	it('joins edits of different fields', () => {
		const first = write([], { a: 1, b: 1 });
		const left = write([first], { a: 2, b: 1 });
		const right = write([first], { a: 1, b: 2 });
		expect(present([left, first, right])).toMatchObject({ body: { a: 2, b: 2 }, doubts: [] });
	});

	it('joins first records of people who did not know of each other', () => {
		const left = write([], { observed: { quality: 'correct' } }, 'worker1');
		const right = write([], { reported: { quality: 'mixed' } }, 'worker2');
		expect(present([left, right])).toMatchObject({
			body: { observed: { quality: 'correct' }, reported: { quality: 'mixed' } },
			doubts: []
		});
	});

	it('lets both values of a field stand until someone chooses, and keeps them out of the body', () => {
		const first = write([], { a: 1, b: 1 });
		const left = write([first], { a: 2, b: 1 });
		const right = write([first], { a: 3, b: 1 });
		const state = present([first, left, right]);
		expect(state.body).toEqual({ b: 1 });
		expect(state.doubts).toHaveLength(1);
		expect(state.doubts[0]?.path).toBe('/a');
		expect(state.doubts[0]?.candidates).toEqual(
			expect.arrayContaining([
				{ value: 2, by: [left.hash] },
				{ value: 3, by: [right.hash] }
			])
		);
		const choice = write([left, right], { a: 3, b: 1 });
		expect(present([first, left, right, choice])).toMatchObject({ body: { a: 3, b: 1 }, doubts: [] });
	});

	it('does not call it a doubt when people wrote the same', () => {
		const first = write([], { a: 1 });
		const left = write([first], { a: 2 }, 'worker1');
		const right = write([first], { a: 2 }, 'worker2');
		expect(present([first, left, right])).toMatchObject({ body: { a: 2 }, doubts: [] });
	});

	it('shows a doubt when one took a field out and another changed it', () => {
		const first = write([], { a: 1, b: 1 });
		const left = write([first], { b: 1 });
		const right = write([first], { a: 3, b: 1 });
		const [doubt] = present([first, left, right]).doubts;
		expect(doubt?.candidates).toEqual(
			expect.arrayContaining([{ by: [left.hash] }, { value: 3, by: [right.hash] }])
		);
	});

	it('keeps a change back to the old value apart from no change at all', () => {
		const first = write([], { a: 1 });
		const there = write([first], { a: 2 });
		const andBack = write([there], { a: 1 });
		const other = write([first], { a: 5 });
		expect(present([first, there, andBack, other]).doubts).toHaveLength(1);
	});

	it('merges three heads: one field in doubt among all of them, the others joined', () => {
		const first = write([], { a: 0, b: 0, c: 0 });
		const tips = [
			write([first], { a: 1, b: 1, c: 0 }),
			write([first], { a: 2, b: 0, c: 1 }),
			write([first], { a: 3, b: 0, c: 0 })
		];
		const state = present([first, ...tips]);
		expect(state.heads).toHaveLength(3);
		expect(state.body).toEqual({ b: 1, c: 1 });
		expect(state.doubts.map(({ path, candidates }) => [path, candidates.length])).toEqual([['/a', 3]]);
	});

	it('takes what an earlier head settled, not what it replaced, when a third head joins', () => {
		const first = write([], { a: 0 });
		const second = write([first], { a: 1 });
		const replaced = write([second], { a: 2 });
		const untouched = write([second], { a: 1, b: 1 });
		const old = write([first], { a: 0, c: 1 });
		expect(present([first, second, replaced, untouched, old])).toMatchObject({
			body: { a: 2, b: 1, c: 1 },
			doubts: []
		});
	});

	it('settles criss-cross merges: two people merged the same two heads, each in their way', () => {
		const first = write([], { a: 0, b: 0 });
		const left = write([first], { a: 1, b: 0 });
		const right = write([first], { a: 0, b: 1 });
		const mergeOne = write([left, right], { a: 1, b: 1, by: 'one' });
		const mergeTwo = write([left, right], { a: 1, b: 1, also: 'two' });
		const after = write([mergeOne], { a: 9, b: 1, by: 'one' });
		expect(present([first, left, right, mergeOne, mergeTwo, after])).toMatchObject({
			body: { a: 9, b: 1, by: 'one', also: 'two' },
			doubts: []
		});
	});

	it('keeps a doubt that two people settled differently', () => {
		const left = write([], { a: 1 });
		const right = write([], { a: 2 });
		const one = write([left, right], { a: 1 }, 'worker1');
		const two = write([left, right], { a: 2 }, 'worker2');
		const [doubt] = present([left, right, one, two]).doubts;
		expect(doubt?.path).toBe('/a');
		expect(doubt?.candidates).toHaveLength(2);
		expect(doubt?.candidates).toContainEqual({ value: 1, by: [one.hash] });
		expect(doubt?.candidates).toContainEqual({ value: 2, by: [two.hash] });
	});

	it('counts a parent that has not arrived as absent, and is whole again once it has', () => {
		const first = write([], { a: 1 });
		const second = write([first], { a: 2 });
		const third = write([second], { a: 3 });
		expect(present([first, third]).doubts).toHaveLength(1);
		expect(present([first, third, second])).toMatchObject({ body: { a: 3 }, doubts: [] });
	});

	it('joins lists taken as sets: what anyone added is in, what anyone took out is out', () => {
		const first = write([], { set: [1, 2] });
		const left = write([first], { set: [1, 2, 3] });
		const right = write([first], { set: [2, 4] });
		expect(present([first, left, right])).toMatchObject({ body: { set: [2, 3, 4] }, doubts: [] });
	});

	it('is withdrawn when every head withdraws it, and back when someone writes on top', () => {
		const first = write([], { a: 1 });
		const gone = write([first], null);
		expect(stateOf([first, gone], policy)).toEqual({ status: 'withdrawn', heads: [gone.hash] });
		const back = write([gone], { a: 1 });
		expect(present([first, gone, back])).toMatchObject({ body: { a: 1 }, doubts: [], heads: [back.hash] });
	});

	it('shows a doubt when one withdrew what another was still changing', () => {
		const first = write([], { a: 1 });
		const gone = write([first], null);
		const changed = write([first], { a: 2 });
		const state = present([first, gone, changed]);
		expect(state.doubts).toEqual([
			{ path: '', candidates: [{ by: [gone.hash] }, { value: { a: 2 }, by: [changed.hash] }] }
		]);
		expect(state.body).toEqual({ a: 2 });
	});

	it('takes back with a withdrawal no more than its author had seen', () => {
		const observed = write([], { observed: { quality: 'mixed' } });
		const gone = write([observed], null);
		const reported = write([], { reported: { quality: 'correct' } });
		expect(present([observed, gone, reported])).toMatchObject({
			body: { reported: { quality: 'correct' } },
			doubts: []
		});
	});

	it('folds a long history without running out of stack', () => {
		const chain: Revision[] = [];
		for (let step = 0; step < 3_000; step += 1) chain.push(write(chain.slice(-1), { a: step }));
		expect(present(chain.reverse())).toMatchObject({ body: { a: 2_999 }, doubts: [] });
	});
});
