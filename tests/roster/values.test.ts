import { describe, expect, it } from 'vitest';
import { smallNumber } from '#roster/chinese-number.ts';
import type { Cell } from '#roster/sheet.ts';
import { cleanLine, looseKey } from '#roster/text.ts';
import { readHead, readLabel, readPeople, readPhone } from '#roster/values.ts';

const phones: readonly (readonly [Cell, string])[] = [
	['13800000000', '13800000000'],
	[13800000000, '13800000000'],
	['13800000000.0', '13800000000'],
	['1.3800000000E+10', '13800000000'],
	['１３８００００００００', '13800000000'],
	['138 0000 0000', '13800000000'],
	['138-0000-0000', '13800000000'],
	['138.0000.0000', '13800000000'],
	['+86 138 0000 0000', '13800000000'],
	['8613800000000', '13800000000'],
	['010-67020000', '010-67020000'],
	['(010)67020000', '010-67020000'],
	['（010）6702 0000', '010-67020000'],
	['010—67020000', '010-67020000'],
	['67020000转801', '67020000-801'],
	[67020000, '67020000'],
	['000-0000-0017', '000-0000-0017']
];

describe('A phone number', () => {
	it.each(phones)('%s is read as %s', (cell, value) => {
		expect(readPhone(cell)).toEqual({ status: 'read', value, several: false });
	});

	it.each(['1.38E+10', '1380000000', '138000000001', '不清楚', '12', '138OOOOOOOO', '#REF!', true, 1.5])(
		'%s is not guessed at',
		(cell) => {
			expect(readPhone(cell)).toMatchObject({ status: 'unreadable' });
		}
	);

	it.each([null, '', '　', '无', '-', '/', '暂无', 'N/A'])('%s is none', (cell) => {
		expect(readPhone(cell)).toEqual({ status: 'blank' });
	});

	it.each([
		'13800000000/13900000000',
		'13800000000、010-67020000',
		'家里没人接，13800000000',
		'13800000000 或 13900000000'
	])('%s gives the first, and says that there are several', (cell) => {
		expect(readPhone(cell)).toEqual({ status: 'read', value: '13800000000', several: true });
	});
});

describe('A number of people', () => {
	it.each([
		[3, 3],
		['3', 3],
		['３人', 3],
		['3.0', 3],
		['3口人', 3],
		['三', 3],
		['两口', 2],
		['十二人', 12],
		[0, 0],
		['99', 99]
	])('%s is read as %i', (cell, value) => {
		expect(readPeople(cell)).toEqual({ status: 'read', value, several: false });
	});

	it.each(['3+1', '100', -1, 2.5, '若干', new Date('2026-03-02')])('%s is not guessed at', (cell) => {
		expect(readPeople(cell)).toMatchObject({ status: 'unreadable' });
	});
});

describe('A label', () => {
	it.each([
		['3-2', '3-2'],
		['　０４ ', '04'],
		[4, '4'],
		['302.0', '302'],
		['甲 12号', '甲 12号'],
		['1月', '1月']
	])('%s is read as %s', (cell, value) => {
		expect(readLabel(cell)).toEqual({ status: 'read', value, several: false });
	});

	it.each([
		new Date('2026-03-02'),
		'2026-03-02',
		'2026/3/2 0:00:00',
		'3月2日',
		'2026年3月2日',
		'2-Mar',
		'Mar-02'
	])('%s is a date that was something else', (cell) => {
		expect(readLabel(cell)).toMatchObject({ status: 'date' });
	});
});

describe('Text', () => {
	it('keeps the characters of a name, and loses what nobody sees', () => {
		expect(readHead('\uFEFF示例﨑\u200B 先生\r\n')).toMatchObject({ value: '示例﨑 先生' });
		expect(cleanLine('\uD800甲')).toBe('\uFFFD甲');
		expect(cleanLine(new Date(Number.NaN))).toBe('?');
	});

	it('has one key for many spellings', () => {
		expect(looseKey(' Ａ１－２　ｂ')).toBe(looseKey('a1—2B'));
	});

	it('reads small numbers in Chinese', () => {
		expect(['零', '九', '十', '十九', '二十', '九十九', '12'].map(smallNumber)).toEqual([
			0, 9, 10, 19, 20, 99, 12
		]);
		expect(['', '百', '三四', '十十'].map(smallNumber)).toEqual(Array(4).fill(undefined));
	});
});
