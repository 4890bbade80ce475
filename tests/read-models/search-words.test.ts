import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { folded, markedParts, termsOf } from '#read-models/search-words.ts';
import { foldRuns } from '../property-runs.ts';

test.each([
	['垃圾分类', ['垃圾分类']],
	['  三条　１２号 ', ['三条', '12号']],
	['ＷｉＦｉ wifi', ['wifi']],
	['', []],
	[' 　', []]
])('%j is searched as %j', (query, terms) => {
	expect(termsOf(query)).toEqual(terms);
});

test.each([
	['垃圾要分类，垃圾分类好', ['垃圾分类'], ['垃圾要分类，', '[垃圾分类]', '好']],
	['在１２号院', ['12号'], ['在', '[１２号]', '院']],
	['哈哈哈', ['哈哈'], ['[哈哈哈]']],
	['约㎏重', ['k'], ['约', '[㎏]', '重']],
	['分类和垃圾', ['垃圾', '分类'], ['[分类]', '和', '[垃圾]']],
	['没有', ['垃圾'], ['没有']]
])('in %j %j is marked', (text, terms, marked) => {
	expect(markedParts(text, terms).map(({ text: part, found }) => (found ? `[${part}]` : part))).toEqual(
		marked
	);
});

describe('marking', () => {
	const text = fc.string({ unit: 'grapheme', maxLength: 30 });
	it('leaves the text as it was, and marks something where the text has the words', () => {
		fc.assert(
			fc.property(text, text, text, (before, found, after) => {
				const whole = `${before}${found}${after}`;
				const terms = termsOf(found).filter((term) => folded(whole).includes(term));
				const parts = markedParts(whole, terms);
				expect(parts.map((part) => part.text).join('')).toBe(whole.normalize('NFC'));
				expect(parts.some((part) => part.found)).toBe(terms.length > 0);
			}),
			{ numRuns: foldRuns }
		);
	});
});
