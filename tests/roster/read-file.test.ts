import { strToU8, zipSync } from 'fflate';
import writeXlsx from 'write-excel-file/node';
import { describe, expect, it } from 'vitest';
import { readRosterFile } from '#roster/read-file.ts';
import type { RosterRead } from '#roster/read-roster.ts';
import type { Roster } from '#roster/roster.ts';
import { csv, xlsx } from './files.ts';

const header = ['社区', '网格', '院落', '门牌', '户号', '户主', '电话', '人数'];
const line = ['草厂社区', '第3网格', '草厂三条12号', '12', '04', '示例甲', '13800000000', '3'];

function rosterOf(read: RosterRead): Roster {
	if (!read.ok) throw new Error(`refused: ${read.refusal.code}`);
	return read.roster;
}

const household = { number: '04', door: '12', head: '示例甲', phone: '13800000000', people: 3 };

describe('A file is read', () => {
	const encodings: readonly (readonly [string, string, object])[] = [
		['UTF-8', 'utf8', {}],
		['UTF-8 with a byte order mark', 'utf8', { addBOM: true }],
		['UTF-16 little-endian with a byte order mark', 'utf16-le', { addBOM: true }],
		['UTF-16 big-endian with a byte order mark', 'utf16-be', { addBOM: true }],
		['GB18030', 'gb18030', {}]
	];
	it.each(encodings)('as CSV in %s', async (_, encoding, options) => {
		const roster = rosterOf(await readRosterFile(csv([header.join(), line.join()], encoding, options)));
		expect(roster.rows).toEqual([
			{
				at: { sheet: '', row: 2 },
				community: '草厂社区',
				grid: '第3网格',
				courtyard: '草厂三条12号',
				household,
				notes: []
			}
		]);
	});

	it.each([',', '\t', ';', '，'])('with %j between its cells, others within them', async (separator) => {
		const title = '前门街道，某社区,花名册;\t一';
		const roster = rosterOf(await readRosterFile(csv([title, header.join(separator), line.join(separator)])));
		expect(roster.rows.map((row) => row.household)).toEqual([household]);
	});

	it('with quotes, and line breaks within them, at the rows the clerk sees', async () => {
		const quoted = line.map((cell) => `"${cell}"`).join();
		const roster = rosterOf(
			await readRosterFile(csv(['"花名册\n第一页"', header.join(), '', quoted, ',,,,,,,', ',,,,,,,']))
		);
		expect(roster.rows.map(({ at }) => at.row)).toEqual([4]);
		expect(roster.setAside).toEqual([
			{ at: { sheet: '', row: 1 }, outcome: 'skipped', notes: [{ code: 'row_above_header', values: {} }] },
			{ at: { sheet: '', row: 3 }, outcome: 'skipped', notes: [{ code: 'row_blank', values: {} }] }
		]);
	});

	it('as XLSX with a merged title, merged places, numbers and a date', async () => {
		const bytes = await xlsx([
			[{ value: '前门街道住户花名册', columnSpan: 8 }, null, null, null, null, null, null, null],
			header,
			[
				{ value: '草厂社区', rowSpan: 3 },
				{ value: '第3网格', rowSpan: 3 },
				'草厂三条12号',
				12,
				4,
				'示例甲',
				13800000000,
				3
			],
			[null, null, null, 12, 5, '示例乙', null, null],
			[null, null, null, 12, { value: new Date('2026-03-02'), format: 'yyyy/m/d' }, '示例丙', null, null]
		]);
		const roster = rosterOf(await readRosterFile(bytes));
		expect(roster.rows.map(({ at, courtyard, household }) => [at, courtyard, household])).toEqual([
			[{ sheet: '花名册', row: 3 }, '草厂三条12号', { ...household, number: '4' }],
			[{ sheet: '花名册', row: 4 }, '草厂三条12号', { number: '5', door: '12', head: '示例乙' }]
		]);
		expect(roster.rows[1]?.notes.map(({ values }) => values)).toEqual([
			{ column: 'community', value: '草厂社区' },
			{ column: 'grid', value: '第3网格' },
			{ column: 'courtyard', value: '草厂三条12号' }
		]);
		expect(roster.setAside.at(-1)).toEqual({
			at: { sheet: '花名册', row: 5 },
			outcome: 'refused',
			notes: [{ code: 'cell_date', values: { column: 'number', value: '2026-03-02' } }]
		});
	});

	it('from every sheet that is a roster, and names the others', async () => {
		const text = (rows: readonly (readonly string[])[]) => rows.map((row) => [...row]);
		const other = ['大江社区', ...line.slice(1)];
		const bytes = await writeXlsx([
			{ sheet: '草厂', data: text([header, line]) },
			{ sheet: '说明', data: text([['填表说明']]) },
			{ sheet: '大江', data: text([['标题'], header, other]) }
		]).toBuffer();
		const roster = rosterOf(await readRosterFile(new Uint8Array(bytes)));
		expect(roster.rows.map(({ at, community }) => [at.sheet, at.row, community])).toEqual([
			['草厂', 2, '草厂社区'],
			['大江', 3, '大江社区']
		]);
		expect(roster.notes).toEqual([{ code: 'sheet_ignored', values: { sheet: '说明' } }]);
	});
});

describe('A header', () => {
	it('may use other words, spaces, full-width letters and marks, in any order', async () => {
		const titles = [
			'联系电话',
			'序号',
			'户 主 姓 名',
			'＊户号',
			'院落名称：',
			'所属网格',
			'家庭人口（人）',
			'社区名称',
			'身份证号'
		];
		const cells = ['13800000000', '1', '示例甲', '04', '草厂三条12号', '3', '3', '草厂社区', '000'];
		const roster = rosterOf(await readRosterFile(csv([titles.join(), cells.join()])));
		expect(roster.rows[0]?.household).toEqual({
			number: '04',
			head: '示例甲',
			phone: '13800000000',
			people: 3
		});
		expect(roster.notes).toEqual([
			{ code: 'column_ignored', values: { title: '序号' } },
			{ code: 'column_ignored', values: { title: '身份证号' } }
		]);
	});

	it('that comes again in the middle may order its columns anew', async () => {
		const again = [...header].reverse().join();
		const roster = rosterOf(
			await readRosterFile(csv([header.join(), line.join(), again, [...line].reverse().join()]))
		);
		expect(roster.rows.map((row) => row.household)).toEqual([household, household]);
		expect(roster.setAside.map(({ notes }) => notes[0]?.code)).toEqual(['row_header_again']);
	});

	it('that lacks a column is refused with what is missing', async () => {
		const refused = async (titles: string) => {
			const read = await readRosterFile(csv([titles, '甲,乙,丙,丁']));
			return read.ok ? undefined : read.refusal;
		};
		expect(await refused('社区,网格,院落,户主')).toEqual({
			code: 'file_columns_missing',
			values: { columns: 'number' }
		});
		expect(await refused('社区,户号,户主')).toEqual({
			code: 'file_columns_missing',
			values: { columns: 'grid,courtyard' }
		});
		expect(await refused('姓名,地址')).toEqual({
			code: 'file_no_header',
			values: { columns: 'community,grid,courtyard,number' }
		});
	});
});

describe('Rows', () => {
	const rows = async (...lines: readonly string[]) =>
		rosterOf(await readRosterFile(csv([header.join(), ...lines])));

	it('of totals and remarks are skipped, and carry nothing down', async () => {
		const roster = await rows(
			line.join(),
			'小计,,,,,,,1户',
			'填表人：示例,,,,,,,',
			',,,,05,,,',
			'合计：2,,,,,,,'
		);
		expect(roster.setAside.map(({ at, notes }) => [at.row, notes[0]?.code])).toEqual([
			[3, 'row_total'],
			[4, 'row_remark'],
			[6, 'row_total']
		]);
		expect(roster.rows.map(({ community, household }) => [community, household.number])).toEqual([
			['草厂社区', '04'],
			['草厂社区', '05']
		]);
	});

	it('do not take a courtyard from another grid, nor from above one that cannot be read', async () => {
		const roster = await rows(line.join(), ',第4网格,,,06,,,', `草厂社区,第3网格,3月2日,,07,,,`, ',,,,08,,,');
		expect(roster.rows.map(({ at }) => at.row)).toEqual([2]);
		expect(roster.setAside.map(({ at, notes }) => [at.row, notes])).toEqual([
			[3, [{ code: 'cell_missing', values: { column: 'courtyard' } }]],
			[4, [{ code: 'cell_date', values: { column: 'courtyard', value: '3月2日' } }]],
			[5, [{ code: 'cell_missing', values: { column: 'courtyard' } }]]
		]);
	});

	it('are taken without what cannot be read', async () => {
		const roster = await rows('草厂社区,第3网格,草厂三条12号,3月2日,04,示例甲,1.38E+10,若干');
		expect(roster.rows[0]?.household).toEqual({ number: '04', head: '示例甲' });
		expect(roster.rows[0]?.notes.map(({ code, values }) => [code, values['column']])).toEqual([
			['cell_unreadable', 'phone'],
			['cell_unreadable', 'people'],
			['cell_unreadable', 'door']
		]);
	});

	it('without number and door, or with a name too long, are refused', async () => {
		const roster = await rows(
			'草厂社区,第3网格,草厂三条12号,,,示例甲,,',
			`草厂社区,第3网格,${'长'.repeat(81)},,1,,,`
		);
		expect(roster.setAside.map(({ notes }) => notes)).toEqual([
			[{ code: 'cell_missing', values: { column: 'number' } }],
			[{ code: 'cell_too_long', values: { column: 'courtyard' } }]
		]);
	});
});

describe('A file is refused', () => {
	const zip = zipSync({ 'hello.txt': strToU8('no workbook') });
	const bomb = zipSync({ 'xl/workbook.xml': new Uint8Array(101 * 1024 * 1024) });
	const files: readonly (readonly [string, Uint8Array, string])[] = [
		['when it is empty', new Uint8Array(), 'file_empty'],
		['when it has only blank rows', csv([',,', '', ' ,　,']), 'file_empty'],
		['when it is too large', new Uint8Array(5 * 1024 * 1024 + 1), 'file_too_large'],
		[
			'when it has too many rows',
			csv([header.join(), ...Array<string>(20_000).fill(line.join())]),
			'file_too_many_rows'
		],
		[
			'when it is an old workbook',
			Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1),
			'file_old_excel'
		],
		['when it is a zip archive of something else', zip, 'file_unreadable'],
		['when it is a damaged zip archive', zip.slice(0, 40), 'file_unreadable'],
		['when it unpacks to far too much', bomb, 'file_unreadable'],
		['when it is no text', Uint8Array.of(0xff, 0xff, 0xff), 'file_encoding_unknown'],
		['when it is binary', Uint8Array.of(0x50, 0x4e, 0x47, 0, 0, 0), 'file_unreadable']
	];
	it.each(files)('%s', async (_, bytes, code) => {
		expect(await readRosterFile(bytes)).toMatchObject({ ok: false, refusal: { code } });
	});
});
