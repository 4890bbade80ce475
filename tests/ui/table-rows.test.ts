import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { tableRows, type Column } from '#ui/table-rows.ts';

interface Row {
	readonly name: string;
	readonly count: number;
}
const columns: readonly Column<Row>[] = [
	{ key: 'name', label: 'Name', value: ({ name }) => name },
	{ key: 'count', label: 'Count', value: ({ count }) => count, text: ({ count }) => `${count}%` }
];
const rows: readonly Row[] = [
	{ name: '草厂三条12号', count: 9 },
	{ name: '草厂三条2号', count: 10 },
	{ name: '大江胡同8号', count: 9 }
];
const collator = new Intl.Collator('zh-CN', { numeric: true });
const names = (filter: string, key?: string, descending = false) =>
	tableRows(rows, columns, filter, key === undefined ? undefined : { key, descending }, collator).map(
		({ name }) => name
	);

test('without sorting or filter the rows stand as given', () => {
	expect(names('')).toEqual(rows.map(({ name }) => name));
});

test('numbers are sorted as numbers, also within names', () => {
	expect(names('草厂', 'name')).toEqual(['草厂三条2号', '草厂三条12号']);
	expect(names('', 'count', true)).toEqual(['草厂三条2号', '草厂三条12号', '大江胡同8号']);
});

test('every word of the filter must be somewhere in the row, as it is written', () => {
	expect(names('10% 草厂')).toEqual(['草厂三条2号']);
	expect(names('大江 草厂')).toEqual([]);
});

test('sorting keeps every row, and turning it round turns the counts round', () => {
	const anyRows = fc.array(fc.record({ name: fc.string(), count: fc.integer() }));
	fc.assert(
		fc.property(anyRows, (some) => {
			const sorted = (descending: boolean) =>
				tableRows(some, columns, '', { key: 'count', descending }, collator).map(({ count }) => count);
			expect(sorted(false)).toEqual(some.map(({ count }) => count).sort((a, b) => a - b));
			expect(sorted(true)).toEqual(sorted(false).reverse());
		})
	);
});
