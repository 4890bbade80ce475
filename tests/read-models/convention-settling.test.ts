import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { clauseIdOfPath } from '#kinds/convention-policy.ts';
import { conventionBody, readConvention } from '#kinds/convention.ts';
import { bodyOf, draftFrom, type ConventionDraft } from '#read-models/convention-draft.ts';
import { settleConvention, type Settled } from '#read-models/convention-settling.ts';
import { conventionState, type ConventionState } from '#read-models/convention-state.ts';
import type { JsonObject } from '#records/json.ts';
import type { Revision } from '#records/revision.ts';
import { foldRuns } from '../property-runs.ts';
import { draftSteps } from './drafting.ts';
import {
	clause,
	entity,
	first,
	holding,
	pathOf,
	savedBy,
	second,
	textBody,
	third
} from './saved-conventions.ts';

const three = textBody([clause(first, 'a0', '甲'), clause(second, 'a1', '乙'), clause(third, 'a2', '丙')]);
const base = savedBy('wang', 0, [], three);

function stateOf(...revisions: readonly Revision[]): ConventionState {
	const state = conventionState(holding(base, ...revisions), entity);
	if (!state) throw new Error('no convention');
	return state;
}

/** Two or three people's work on the base, each with a body they could write. */
const sides = fc
	.array(
		fc.record({
			steps: fc.array(draftSteps, { minLength: 1, maxLength: 6 }),
			stage: fc.constantFrom('drafting', 'drafting', 'deliberating', 'collecting')
		}),
		{ minLength: 2, maxLength: 3 }
	)
	.map((all) =>
		all.map(({ steps, stage }, index) => {
			const draft = steps.reduce<ConventionDraft>(
				(made, step) => step(made),
				draftFrom(readConvention(three))
			);
			const body = bodyOf(draft, { type: 'convention', stage: { name: stage } });
			return savedBy(`worker${index}`, index, [base], body);
		})
	);

function choiceFor(state: ConventionState, path: string, draw: number): Settled {
	const candidates = state.doubts.find((doubt) => doubt.path === path)?.candidates ?? [];
	const present = candidates.flatMap(({ value }, index) => (value === undefined ? [] : [index]));
	if (draw % 3 === 0 || clauseIdOfPath(path) === undefined)
		return { type: 'candidate', index: draw % candidates.length };
	if (draw % 3 === 1) return { type: 'anew', value: { text: '另一种说法。' } };
	const newIds = present.map(
		(index) => `behind${state.doubts.findIndex((one) => one.path === path)}x${index}`
	);
	return { type: 'both', first: present[draw % present.length] ?? 0, newIds };
}

test('whatever is chosen, one body is written that may be, and it leaves no doubt', () => {
	let doubtful = 0;
	fc.assert(
		fc.property(sides, fc.array(fc.nat(60), { minLength: 12, maxLength: 12 }), (written, draws) => {
			const state = stateOf(...written);
			const choices = new Map(
				state.doubts.map(({ path }, index) => [
					path,
					choiceFor(state, path, draws[index % draws.length] ?? 0)
				])
			);
			const settlement = settleConvention(state, choices);
			if (settlement.status !== 'settled') throw new Error(`open: ${settlement.paths.join(' ')}`);
			expect(v.safeParse(conventionBody, settlement.body).issues).toBeUndefined();
			doubtful += Math.min(1, state.doubts.length);
			const chosen = stateOf(...written, savedBy('zhao', 9, written, settlement.body));
			expect(chosen.doubts).toEqual([]);
			expect(chosen.body).toEqual(settlement.body);
		}),
		{ numRuns: foldRuns }
	);
	expect(doubtful).toBeGreaterThan(foldRuns / 10);
});

function bodyWith(text: string, more: JsonObject = {}): JsonObject {
	return textBody([clause(first, 'a0', text), clause(second, 'a1', '乙'), clause(third, 'a2', '丙')], more);
}

function indexOf(state: ConventionState, path: string, text: string): number {
	const candidates = state.doubts.find((doubt) => doubt.path === path)?.candidates ?? [];
	return candidates.findIndex(({ value }) => JSON.stringify(value)?.includes(text));
}

function textsAfter(state: ConventionState, choice: Settled): readonly (readonly string[])[] {
	const settlement = settleConvention(state, new Map([[pathOf(first), choice]]));
	if (settlement.status !== 'settled' || !settlement.body) throw new Error('not settled');
	return readConvention(settlement.body).clauses.map(({ id, text }) => [id, text]);
}

describe('a clause that three people reworded', () => {
	const state = stateOf(
		savedBy('wang', 1, [base], bodyWith('沥干')),
		savedBy('li', 2, [base], bodyWith('装袋')),
		savedBy('zhao', 3, [base], bodyWith('定点'))
	);
	const rest = [
		[second, '乙'],
		[third, '丙']
	];

	test('becomes the words chosen', () => {
		const index = indexOf(state, pathOf(first), '装袋');
		expect(textsAfter(state, { type: 'candidate', index })).toEqual([[first, '装袋'], ...rest]);
	});

	test('keeps its id and place when it is worded anew', () => {
		const value = { id: 'otherone', place: 'a9', heading: '垃圾', text: '沥干、装袋' };
		expect(textsAfter(state, { type: 'anew', value })).toEqual([[first, '沥干、装袋'], ...rest]);
	});

	test('becomes three right behind one another when all are kept', () => {
		const chosen = indexOf(state, pathOf(first), '定点');
		const after = textsAfter(state, { type: 'both', first: chosen, newIds: ['newone01', 'newone02'] });
		expect(after[0]).toEqual([first, '定点']);
		expect(after.slice(1, 3).map(([id]) => id)).toEqual(['newone01', 'newone02']);
		expect(
			after
				.slice(1, 3)
				.map(([, text]) => text)
				.sort()
		).toEqual(['沥干', '装袋'].sort());
		expect(after.slice(3)).toEqual(rest);
	});

	test('stays open without a choice, and takes none that it does not offer', () => {
		expect(settleConvention(state, new Map())).toEqual({ status: 'open', paths: [pathOf(first)] });
		expect(() => textsAfter(state, { type: 'candidate', index: 3 })).toThrow(RangeError);
		expect(() => textsAfter(state, { type: 'both', first: 0, newIds: ['newone01'] })).toThrow(RangeError);
		expect(() => textsAfter(state, { type: 'anew', value: 'words' })).toThrow(RangeError);
	});
});

test('a clause that one took out and another reworded is out when so chosen', () => {
	const without = textBody([clause(second, 'a1', '乙'), clause(third, 'a2', '丙')]);
	const state = stateOf(savedBy('wang', 1, [base], without), savedBy('li', 2, [base], bodyWith('沥干')));
	const out = state.doubts[0]?.candidates.findIndex(({ value }) => value === undefined) ?? -1;
	expect(textsAfter(state, { type: 'candidate', index: out }).map(([id]) => id)).toEqual([second, third]);
	expect(textsAfter(state, { type: 'both', first: 1 - out, newIds: [] })[0]).toEqual([first, '沥干']);
});

test('two steps taken at once: one of them stands, or another', () => {
	const state = stateOf(
		savedBy('wang', 1, [base], bodyWith('甲', { stage: { name: 'deliberating' } })),
		savedBy('li', 2, [base], bodyWith('甲', { stage: { name: 'collecting' } }))
	);
	const stageAfter = (choice: Settled) => {
		const settlement = settleConvention(state, new Map([['/stage', choice]]));
		return settlement.status === 'settled' ? settlement.body?.['stage'] : undefined;
	};
	const index = indexOf(state, '/stage', 'collecting');
	expect(stageAfter({ type: 'candidate', index })).toEqual({ name: 'collecting' });
	expect(stageAfter({ type: 'anew', value: { name: 'drafting' } })).toEqual({ name: 'drafting' });
});

test('withdrawn against changed: the withdrawal needs no other answer, staying needs them all', () => {
	const state = stateOf(
		savedBy('wang', 1, [base], null, { reason: '写错了院落' }),
		savedBy('li', 2, [base], bodyWith('沥干')),
		savedBy('zhao', 3, [base], bodyWith('装袋'))
	);
	const withdrawal =
		state.doubts.find(({ path }) => path === '')?.candidates.findIndex(({ value }) => !value) ?? -1;
	const withdrawn = new Map<string, Settled>([['', { type: 'candidate', index: withdrawal }]]);
	expect(settleConvention(state, withdrawn)).toEqual({ status: 'settled', body: null });
	const stays = new Map<string, Settled>([['', { type: 'candidate', index: withdrawal === 0 ? 1 : 0 }]]);
	expect(settleConvention(state, stays)).toEqual({ status: 'open', paths: [pathOf(first)] });
	const index = indexOf(state, pathOf(first), '装袋');
	expect(settleConvention(state, stays.set(pathOf(first), { type: 'candidate', index }))).toEqual({
		status: 'settled',
		body: bodyWith('装袋')
	});
});
