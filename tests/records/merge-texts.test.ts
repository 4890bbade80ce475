import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeTexts } from '#records/merge-texts.ts';
import { textEdits } from '#records/text-edits.ts';
import { propertyRuns } from '../property-runs.ts';

const numRuns = propertyRuns;

describe('two who edit one text', () => {
	it.each<[string, string, string, string, string | undefined]>([
		[
			'far apart both count',
			'门口不放杂物，晚上十点后安静。',
			'门口不可放杂物，晚上十点后安静。',
			'门口不放杂物，晚上九点后安静。',
			'门口不可放杂物，晚上九点后安静。'
		],
		['at the same place, a person says', '门口不放杂物。', '门口不放自行车。', '门口不放花盆。', undefined],
		[
			'putting different words in at one place, a person says',
			'狗要拴绳。',
			'狗要拴好绳。',
			'狗要拴短绳。',
			undefined
		],
		['side by side, a person says', '一二三四五六', '一二甲四五六', '一二三乙五六', undefined],
		[
			'with one character between them, both count',
			'一二三四五六',
			'一甲三四五六',
			'一二三乙五六',
			'一甲三乙五六'
		],
		['the same way, once', '狗要拴绳。', '狗要拴好绳。', '狗要拴好绳。', '狗要拴好绳。'],
		[
			'one taking out what the other put words into, a person says',
			'一二三四五六',
			'一六',
			'一二三甲四五六',
			undefined
		],
		['in a row of equal characters', '啊啊啊啊', '啊啊啊啊啊', '啊啊啊', undefined],
		['one of whom changed nothing', '狗要拴绳。', '狗要拴绳。', '狗要拴好绳。', '狗要拴好绳。'],
		[
			'with characters of two units, whole',
			'𠮷家门口不放杂物',
			'𠮷家的门口不放杂物',
			'𠮷家门口不放𠀋物',
			'𠮷家的门口不放𠀋物'
		],
		['a letter and its accent, a person says', 'e门口', 'é门口', 'o门口', undefined],
		['a picture and its skin colour, a person says', '👍门口', '👍🏽门口', '👎门口', undefined],
		['from nothing, a person says', '', '甲', '乙', undefined]
	])('%s', (_sentence, base, one, other, expected) => {
		expect(mergeTexts(base, [one, other])).toBe(expected);
		expect(mergeTexts(base, [other, one])).toBe(expected);
	});

	it('a third among them does not change what counts', () => {
		const base = '门口不放杂物，晚上安静，狗要拴绳。';
		const sides = [
			'门前不放杂物，晚上安静，狗要拴绳。',
			'门口不放杂物，夜里安静，狗要拴绳。',
			'门口不放杂物，晚上安静，狗要拴好。'
		];
		expect(mergeTexts(base, sides)).toBe('门前不放杂物，夜里安静，狗要拴好。');
		expect(mergeTexts(base, sides.toReversed())).toBe('门前不放杂物，夜里安静，狗要拴好。');
	});
});

describe('an edit', () => {
	it.each<[string, string, string, string]>([
		['of few characters kept between two changes is one', '一二三四五六', '甲二三乙五六', '0-4 甲二三乙'],
		['of enough kept between is two', '一二三四五六七', '甲二三四五乙七', '0-1 甲|5-6 乙'],
		['in a row of equal characters is at its end', '一啊啊啊二', '一啊啊啊啊二', '4-4 啊'],
		['of a repeated sentence is behind the first', '停车。停车。', '停车。停车。停车。', '6-6 停车。'],
		['of everything is one', '一二三四', '甲乙丙', '0-4 甲乙丙'],
		['of nothing is none', '一二三四', '一二三四', '']
	])('%s', (_sentence, before, after, expected) => {
		const said = textEdits(before, after).map(({ from, to, text }) => `${from}-${to} ${text}`);
		expect(said.join('|')).toBe(expected);
	});

	it('of a long text written anew is one, from the first change to the last', () => {
		const long = (first: number) =>
			Array.from({ length: 1990 }, (_, at) => String.fromCodePoint(first + at)).join('');
		const [old, now] = [`第一条${long(0x4e00)}。`, `第一条${long(0x6000)}。`];
		expect(textEdits(old, now)).toEqual([{ from: 3, to: 1993, text: long(0x6000) }]);
	});
});

const letters = fc.constantFrom('门', '口', '安', '静', '😀', 'e\u0301');
const anyText = fc.array(letters, { maxLength: 12 }).map((all) => all.join(''));

describe('laws', () => {
	it('edits made on the text they came of give the other text', () => {
		fc.assert(
			fc.property(anyText, anyText, (before, after) => {
				const old = [...before];
				const made = textEdits(before, after)
					.toReversed()
					.reduce<readonly string[]>(
						(text, edit) => text.toSpliced(edit.from, edit.to - edit.from, edit.text),
						old
					);
				expect(made.join('')).toBe(after);
			}),
			{ numRuns }
		);
	});

	it('the order of sides, and sides that changed nothing, do not matter', () => {
		fc.assert(
			fc.property(anyText, fc.array(anyText, { maxLength: 3 }), (base, sides) => {
				const merged = mergeTexts(base, sides);
				expect(mergeTexts(base, sides.toReversed())).toBe(merged);
				expect(mergeTexts(base, [...sides, base, ...sides])).toBe(merged);
			}),
			{ numRuns }
		);
	});

	it('one side alone is what comes out', () => {
		fc.assert(
			fc.property(anyText, anyText, (base, side) => {
				expect(mergeTexts(base, [side])).toBe(side);
			}),
			{ numRuns }
		);
	});

	const marks = (put: string) =>
		fc.record({ at: fc.nat(20), out: fc.nat(3), put: fc.constantFrom('', put, put + put) });
	it('edits of two that do not touch always come together, and those that touch never', () => {
		const base = Array.from({ length: 20 }, (_, at) => String.fromCodePoint(0x4e00 + at));
		fc.assert(
			fc.property(marks('甲'), marks('乙'), (one, other) => {
				const edited = ({ at, out, put }: typeof one) => base.toSpliced(at, out, ...put);
				const end = ({ at, out }: typeof one) => Math.min(base.length, at + out);
				if ([one, other].some(({ at, out, put }) => put === '' && (out === 0 || at === base.length))) return;
				const [first, last] = one.at <= other.at ? [one, other] : [other, one];
				const merged = mergeTexts(base.join(''), [edited(one).join(''), edited(other).join('')]);
				const same = edited(one).join('') === edited(other).join('');
				if (same) expect(merged).toBe(edited(one).join(''));
				else if (last.at <= end(first)) expect(merged).toBeUndefined();
				else
					expect(merged).toBe(
						base
							.toSpliced(last.at, last.out, ...last.put)
							.toSpliced(first.at, first.out, ...first.put)
							.join('')
					);
			}),
			{ numRuns }
		);
	});
});
