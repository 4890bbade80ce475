import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { SearchTexts } from '#read-models/search-texts.ts';
import { folded, termsOf } from '#read-models/search-words.ts';
import { foldRuns } from '../property-runs.ts';

/** Few characters, so that words meet by chance, and some that fold. */
const unit = fc.constantFrom(...'垃圾分类三条号院１１2ａAb，,\n 𠀀㎡');
const text = fc.oneof(
	{ weight: 4, arbitrary: fc.string({ unit, maxLength: 24 }) },
	fc.string({ unit: 'grapheme', maxLength: 12 })
);
const query = fc.oneof(fc.string({ unit, minLength: 1, maxLength: 5 }), fc.string({ unit: 'grapheme' }));

test('what has all words of a query as parts is found, and nothing else, whatever came and went', () => {
	const step = fc.oneof(
		{ weight: 3, arbitrary: fc.record({ add: text }) },
		{ weight: 1, arbitrary: fc.record({ remove: fc.nat() }) }
	);
	fc.assert(
		fc.property(fc.array(step, { maxLength: 30 }), fc.array(query, { maxLength: 4 }), (steps, queries) => {
			const texts = new SearchTexts();
			const held = new Map<number, string>();
			for (const one of steps)
				if ('add' in one) held.set(texts.add(one.add), one.add);
				else {
					const number = [...held.keys()][one.remove % Math.max(1, held.size)] ?? 0;
					held.delete(number);
					texts.remove(number);
				}
			for (const terms of queries.map(termsOf).filter(({ length }) => length > 0)) {
				const having = [...held].filter(([, one]) => terms.every((term) => folded(one).includes(term)));
				expect([...texts.having(terms)].sort((a, b) => a - b)).toEqual(having.map(([number]) => number));
			}
		}),
		{ numRuns: foldRuns }
	);
});

test('characters in another order, or only part of them, are not found', () => {
	const texts = new SearchTexts();
	const apart = texts.add('先分类，再倒垃圾');
	const whole = texts.add('垃圾分类从我做起');
	expect(texts.having(termsOf('垃圾分类'))).toEqual([whole]);
	expect(texts.having(termsOf('垃圾 分类'))).toEqual([apart, whole]);
	expect(texts.having(termsOf('类'))).toEqual([apart, whole]);
	texts.remove(whole);
	expect(texts.having(termsOf('垃圾分类'))).toEqual([]);
});
