import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvText } from '#app/csv-text.ts';
import { foldRuns } from '../property-runs.ts';

const leads = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n'];

describe('a cell that a spreadsheet would take for a formula', () => {
	test.each(leads)('is text when it begins with %j', (lead) => {
		const text = `${lead}cmd`;
		expect(csvText([[text]])).toMatch(/^\uFEFF"?'/);
		expect(csvText([[text]])).toContain(`'${text}`);
	});

	test('never leads a row, whatever is written after it', () => {
		fc.assert(
			fc.property(fc.constantFrom(...leads), fc.string(), (lead, rest) => {
				expect(csvText([[lead + rest]])).toMatch(/^\uFEFF"?'/);
			}),
			{ numRuns: foldRuns }
		);
	});

	test('is left as it is where such a sign stands within', () => {
		expect(csvText([['1＋1', '垃圾-分类', 'a@b']])).toBe('\uFEFF1＋1,垃圾-分类,a@b\r\n');
	});
});
