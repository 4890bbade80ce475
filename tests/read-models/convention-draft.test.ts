import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { conventionPolicy } from '#kinds/convention-policy.ts';
import { conventionBody, readConvention } from '#kinds/convention.ts';
import {
	addClause,
	bodyOf,
	credit,
	draftFrom,
	mergeWithNext,
	move,
	remove,
	restore,
	reword,
	split,
	type ConventionDraft
} from '#read-models/convention-draft.ts';
import { sameJson } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import { childScope } from '#records/scope.ts';
import { foldRuns } from '../property-runs.ts';
import { draftSteps } from './drafting.ts';
import { clause, first, second, textBody, third, yard } from './saved-conventions.ts';

const base = { type: 'convention', stage: { name: 'drafting' } } as const;
const three = textBody([clause(first, 'a0', '甲'), clause(second, 'a1', '乙'), clause(third, 'a2', '丙')]);
const draft = draftFrom(readConvention(three));
const [door, otherDoor] = [childScope(yard, 'h1'), childScope(yard, 'h2')];

function texts({ clauses }: ConventionDraft): readonly string[] {
	return clauses.map(({ text }) => text);
}

/** The fields that `after` writes on top of `before`. */
function writtenFields(before: JsonObject, after: JsonObject): readonly string[] {
	const [old, now] = [conventionPolicy.split(before), conventionPolicy.split(after)];
	const paths = new Set([...old.keys(), ...now.keys()]);
	return [...paths].filter((path) => !sameJson(old.get(path), now.get(path)));
}

const drafts = fc
	.array(draftSteps, { maxLength: 12 })
	.map((steps) => steps.reduce<ConventionDraft>((made, step) => step(made), draft));

describe('laws', () => {
	test('whatever is done to a draft, its body is one that may be written', () => {
		fc.assert(
			fc.property(drafts, (made) => {
				expect(v.safeParse(conventionBody, bodyOf(made, base)).issues).toBeUndefined();
			}),
			{ numRuns: foldRuns }
		);
	});

	test('an unchanged draft gives exactly the body it came from', () => {
		fc.assert(
			fc.property(drafts, (made) => {
				const body = bodyOf(made, base);
				expect(bodyOf(draftFrom(readConvention(body)), base)).toEqual(body);
			}),
			{ numRuns: foldRuns }
		);
	});

	test('moving one clause writes one clause, and it stands where it was put', () => {
		fc.assert(
			fc.property(drafts, fc.nat(20), fc.nat(20), (made, a, b) => {
				const body = bodyOf(made, base);
				const [from, to] = [a, b].map((index) => index % Math.max(1, body.clauses.length));
				const moved = bodyOf(move(draftFrom(readConvention(body)), from ?? 0, to ?? 0), base);
				expect(moved.clauses[to ?? 0]?.id).toBe(body.clauses[from ?? 0]?.id);
				expect(writtenFields(body, moved).length).toBe(from === to ? 0 : 1);
			}),
			{ numRuns: foldRuns }
		);
	});
});

test('two clauses that two people put in at one place keep it until something moves', () => {
	const shared = textBody([clause(first, 'a0', '甲'), clause(second, 'a1', '乙'), clause(third, 'a1', '丙')]);
	const read = draftFrom(readConvention(shared));
	expect(bodyOf(read, base)).toEqual(shared);
	const between = bodyOf(addClause(read, 1, { id: 'between1', heading: '', text: '丁', credits: [] }), base);
	expect(between.clauses.map(({ id }) => id)).toEqual([first, second, 'between1', third]);
	expect(v.is(conventionBody, between)).toBe(true);
});

test('adding, rewording and taking out write the clause concerned alone', () => {
	const added = addClause(draft, 0, { id: 'newone01', heading: '', text: '新', credits: [] });
	expect(texts(added)).toEqual(['甲', '新', '乙', '丙']);
	expect(writtenFields(three, bodyOf(added, base))).toEqual(['/clauses/newone01']);
	const reworded = reword(draft, second, { heading: ' 安静 ', text: ' 十点后不装修。\n' });
	expect(bodyOf(reworded, base).clauses[1]).toEqual({
		id: second,
		place: 'a1',
		heading: '安静',
		text: '十点后不装修。'
	});
	expect(writtenFields(three, bodyOf(reworded, base))).toEqual([`/clauses/${second}`]);
	expect(writtenFields(three, bodyOf(remove(draft, third), base))).toEqual([`/clauses/${third}`]);
	expect(texts(addClause(draft, -1, { id: 'newone01', heading: '', text: '新', credits: [] }))[0]).toBe('新');
});

describe('splitting', () => {
	const long = reword(draft, first, { heading: '垃圾', text: '厨余沥干。 大件先约车。𠮷' });

	test('makes the second half a clause right behind, without the spaces between', () => {
		const halves = split(credit(long, first, door), 0, 5, 'newone01').clauses.slice(0, 2);
		expect(halves).toEqual([
			{ id: first, place: 'a0', heading: '垃圾', text: '厨余沥干。', credits: [door] },
			{ id: 'newone01', heading: '', text: '大件先约车。𠮷', credits: [door] }
		]);
	});

	test('cuts no character in two, and leaves no half empty', () => {
		const at = long.clauses[0]?.text.indexOf('𠮷') ?? 0;
		expect(texts(split(long, 0, at + 1, 'newone01'))[1]).toBe('𠮷');
		for (const end of [0, 100, -1]) expect(split(long, 0, end, 'newone01')).toEqual(long);
		expect(split(long, 9, 2, 'newone01')).toEqual(long);
	});
});

describe('merging with the next', () => {
	test('puts one text under the other and unites the households thanked', () => {
		const thanked = credit(credit(credit(draft, first, otherDoor), second, door), second, otherDoor);
		expect(mergeWithNext(thanked, 0).clauses).toEqual([
			{ id: first, place: 'a0', heading: '', text: '甲\n乙', credits: [door, otherDoor] },
			thanked.clauses[2]
		]);
	});

	test('loses no heading', () => {
		const both = reword(reword(draft, first, { heading: '一' }), second, { heading: '二' });
		expect(mergeWithNext(both, 0).clauses[0]).toMatchObject({ heading: '一', text: '甲\n二\n乙' });
		const next = reword(draft, second, { heading: '二' });
		expect(mergeWithNext(next, 0).clauses[0]).toMatchObject({ heading: '二', text: '甲\n乙' });
	});

	test('of the last clause does nothing', () => {
		expect(mergeWithNext(draft, 2)).toEqual(draft);
	});
});

test('a clause taken out comes back as it was, under its id', () => {
	const [gone] = readConvention(three).clauses;
	const back = gone ? restore(remove(draft, first), gone, 2) : draft;
	expect(texts(back)).toEqual(['乙', '丙', '甲']);
	expect(back.clauses[2]?.id).toBe(first);
	expect(gone && bodyOf(restore(remove(draft, first), gone, 0), base)).toEqual(three);
});

test('a household is thanked once for a clause', () => {
	expect(credit(credit(draft, first, door), first, door).clauses[0]?.credits).toEqual([door]);
});

test('what nobody has settled is missing from a draft, with the usual rule for the votes', () => {
	expect(draftFrom(readConvention({ clauses: [] }))).toEqual({
		title: '',
		preamble: '',
		rule: { turnout: '1/2', agree: '2/3' },
		clauses: []
	});
});
