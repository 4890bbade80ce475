import { expect, test } from 'vitest';
import { snippetOf } from '#read-models/search-snippet.ts';

const long = '一二三四五六七八九十'.repeat(8);

test.each([
	[['别的', '大门的灯坏了'], ['灯'], '大门的[灯]坏了'],
	[['有灯', '灯在后院'], ['灯', '后院'], '[灯]在[后院]'],
	[['没有'], ['灯'], ''],
	[[`${long}灯${long}`], ['灯'], `…${long.slice(-12)}[灯]${long.slice(0, 47)}…`]
])('of %j, searched for %j, is shown %j', (lines, terms, shown) => {
	const parts = snippetOf(lines, terms);
	expect(parts.map(({ text, found }) => (found ? `[${text}]` : text)).join('')).toBe(shown);
});
