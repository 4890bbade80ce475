import { describe, expect, it } from 'vitest';
import { markedWords } from '#features/doubts/version-marks.ts';
import type { ConventionDoubt, DoubtVersion } from '#read-models/convention-doubts.ts';
import type { TextPart } from '#read-models/text-difference.ts';

const versionOf = (key: string, index: number, value?: string): DoubtVersion => ({
	...{ key, index, by: [] },
	...(value !== undefined && { value })
});
const left = versionOf('left', 0, '早上六点投放厨余垃圾');
const right = versionOf('right', 1, '早上八点投放厨余垃圾');
const gone = versionOf('none', 1);

function doubt(versions: readonly DoubtVersion[], before?: string): ConventionDoubt {
	return { path: '/preamble', key: 'one', versions, ...(before !== undefined && { before }) };
}
const textIn = (parts: readonly TextPart[] | undefined, without: TextPart['type']) =>
	(parts ?? []).flatMap(({ type, text }) => (type === without ? [] : [text])).join('');

describe('a version of what is in doubt', () => {
	it('stands in full beside another, with its own words marked and nothing of the other’s', () => {
		const marked = markedWords(doubt([left, right], '投放厨余垃圾'), left, 'between');
		expect(textIn(marked?.text, 'removed')).toBe(left.value);
		expect(marked?.text.map(({ type }) => type)).not.toContain('removed');
		expect(marked?.text.some(({ type, text }) => type === 'added' && text.includes('六'))).toBe(true);
	});

	it('stands against what was before, with what it took out', () => {
		const before = '晚上投放所有的厨余垃圾';
		const marked = markedWords(doubt([left, right], before), left, 'before');
		expect(textIn(marked?.text, 'removed')).toBe(left.value);
		expect(textIn(marked?.text, 'added')).toBe(before);
	});

	it('shows the words it takes out, struck through', () => {
		const before = '投放厨余垃圾';
		const marked = markedWords(doubt([left, gone], before), gone, 'between');
		expect(marked?.text).toEqual([{ type: 'removed', text: before }]);
	});

	it('stands unmarked where there is nothing to hold it against', () => {
		expect(markedWords(doubt([left, gone]), left, 'between')?.text).toEqual([
			{ type: 'same', text: left.value }
		]);
		expect(markedWords(doubt([left, gone]), gone, 'before')).toBeUndefined();
	});
});
