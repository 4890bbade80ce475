import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readConvention } from '#kinds/convention.ts';
import { conventionState } from '#read-models/convention-state.ts';
import { openText } from '#read-models/open-text.ts';
import { textDifference, textParts, type TextPart } from '#read-models/text-difference.ts';
import { foldRuns } from '../property-runs.ts';
import { clause, entity, first, holding, savedBy, second, textBody, third } from './saved-conventions.ts';

function without(parts: readonly TextPart[], type: TextPart['type']): string {
	return parts.flatMap((part) => (part.type === type ? [] : [part.text])).join('');
}

describe('parts of a text', () => {
	test('without the added ones are what was, without the removed ones what is', () => {
		const texts = fc.string({
			unit: fc.constantFrom('厨', '余', '沥', '干', '。', '𠮷', '\n', 'a'),
			maxLength: 40
		});
		fc.assert(
			fc.property(texts, texts, (before, after) => {
				const parts = textParts(before, after);
				expect(without(parts, 'added')).toBe(before);
				expect(without(parts, 'removed')).toBe(after);
				expect(parts.every(({ text }) => text !== '')).toBe(true);
				expect(parts.every(({ type }, index) => parts[index - 1]?.type !== type)).toBe(true);
			}),
			{ numRuns: foldRuns }
		);
	});

	test('keep together what was reworded', () => {
		expect(textParts('厨余垃圾沥干水分再投放。', '厨余垃圾沥干水分、装好再投放。')).toEqual([
			{ type: 'same', text: '厨余垃圾沥干水分' },
			{ type: 'added', text: '、装好' },
			{ type: 'same', text: '再投放。' }
		]);
	});
});

describe('the difference of two texts', () => {
	const fourth = 'clause04';
	const before = readConvention(
		textBody([
			clause(first, 'a0', '甲说的话'),
			clause(second, 'a1', '乙说的话'),
			clause(third, 'a2', '丙说的话'),
			clause(fourth, 'a3', '戊说的话')
		])
	);

	test('tells what was reworded, added, moved and taken out, this where it stood', () => {
		const after = readConvention(
			textBody(
				[
					{ ...clause(fourth, 'Zz', '戊说的话'), heading: '新名' },
					clause(first, 'a0', '甲说的话'),
					clause(third, 'a2', '丙说的话'),
					clause('newone01', 'a4', '丁')
				],
				{ title: '院落公约', preamble: '大家一起写。' }
			)
		);
		const { title, preamble, clauses } = textDifference(before, after);
		expect(clauses.map(({ id, type, moved }) => [id, type, moved])).toEqual([
			[fourth, 'changed', true],
			[first, 'same', false],
			[second, 'removed', false],
			[third, 'same', false],
			['newone01', 'added', false]
		]);
		expect(clauses[0]).toMatchObject({ before: { number: 4 }, after: { number: 1 } });
		expect(clauses[0]?.heading).toEqual([{ type: 'added', text: '新名' }]);
		expect(clauses[2]).toMatchObject({
			before: { number: 2 },
			text: [{ type: 'removed', text: '乙说的话' }]
		});
		expect(clauses[2]).not.toHaveProperty('after');
		expect(clauses[4]).not.toHaveProperty('before');
		expect(without(title, 'removed')).toBe('院落公约');
		expect(preamble).toEqual([{ type: 'added', text: '大家一起写。' }]);
	});

	test('of a text with itself is all the same', () => {
		const { clauses } = textDifference(before, before);
		expect(clauses.map(({ type, moved }) => [type, moved])).toEqual(Array(4).fill(['same', false]));
	});

	test('a clause that is only moved says so, and the others have not moved', () => {
		const after = readConvention(
			textBody([
				clause(second, 'a1', '乙说的话'),
				clause(third, 'a2', '丙说的话'),
				clause(fourth, 'a3', '戊说的话'),
				clause(first, 'a4', '甲说的话')
			])
		);
		expect(textDifference(before, after).clauses.map(({ id, type, moved }) => [id, type, moved])).toEqual([
			[second, 'same', false],
			[third, 'same', false],
			[fourth, 'same', false],
			[first, 'same', true]
		]);
	});
});

describe('a text in doubt, compared', () => {
	const rewordings = ['过道不堆东西。', '院门口任何时候都空着。'];
	const base = savedBy('甲', 1, [], textBody());
	const records = holding(
		base,
		...rewordings.map((text, index) =>
			savedBy(index === 0 ? '乙' : '丙', 2 + index, [base], {
				...textBody([clause(first, 'a0', '厨余垃圾要沥干水分再投放。'), clause(second, 'a1', text)]),
				title: `示例公约${index}`
			})
		)
	);
	const state = conventionState(records, entity);
	const now = state && openText(records, state);
	const before = readConvention(base.body ?? {});

	test('shows each version as what it is, and none of it as taken out', () => {
		const { clauses, title, doubts } = textDifference(before, now ?? before);
		expect(clauses.map(({ id, type, after }) => [id, type, after?.number])).toEqual([
			...[
				[first, 'same', 1],
				[second, 'doubt', 2]
			]
		]);
		const versions = clauses[1]?.versions ?? [];
		expect(versions.map(({ text }) => without(text, 'removed')).sort()).toEqual(rewordings.toSorted());
		expect(versions.map(({ text }) => without(text, 'added'))).toEqual(
			rewordings.map(() => '大件垃圾不堆放在院门口。')
		);
		expect(versions.flatMap(({ by }) => by.map(({ author }) => author)).sort()).toEqual(['丙', '乙']);
		expect([title, doubts.title.map(({ text }) => without(text, 'removed')).sort()]).toEqual([
			...[[], ['示例公约0', '示例公约1']]
		]);
	});

	test('also when the two change places, and with itself it has no changes', () => {
		const back = textDifference(now ?? before, before);
		expect(back.clauses.map(({ type }) => type)).toEqual(['same', 'doubt']);
		expect(back.clauses[1]?.versions.map(({ text }) => without(text, 'added')).sort()).toEqual(
			rewordings.toSorted()
		);
		const same = textDifference(now ?? before, now ?? before);
		expect(same.clauses[1]?.versions.every(({ text }) => text.every(({ type }) => type === 'same'))).toBe(
			true
		);
	});
});
