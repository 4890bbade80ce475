import type { Cell } from './sheet.ts';
import { cleanLine, looseKey } from './text.ts';

/** 社区, 网格, 院落, 门牌, 户号, 户主, 电话, 人数. */
export const columns = [
	'community',
	'grid',
	'courtyard',
	'door',
	'number',
	'head',
	'phone',
	'people'
] as const;
export type Column = (typeof columns)[number];

/** Where each column of the sheet is found, by its index. */
export type Layout = ReadonlyMap<Column, number>;

/** How offices head these columns. Nothing that could mean anything else: 序号, 姓名 are not here. */
const titles: Readonly<Record<Column, string>> = {
	community: '社区 社区名称 社区名 所属社区 所在社区 居委会 社区居委会 community',
	grid: '网格 网格名称 网格名 网格号 网格编号 所属网格 所在网格 grid',
	courtyard: '院落 院落名称 院落名 院落地址 所属院落 所在院落 小院 楼院 院落(楼院) courtyard',
	door: '门牌 门牌号 门牌号码 房号 房间号 房屋号 door doornumber',
	number: '户号 户编号 住户编号 住户号 家庭编号 household householdnumber householdno',
	head: '户主 户主姓名 户主名 户主名字 head headofhousehold householder',
	phone: '电话 联系电话 电话号码 联系方式 手机 手机号 手机号码 户主电话 户主联系电话 phone telephone mobile',
	people: '人数 家庭人数 家庭人口 家庭人口数 人口 人口数 居住人数 居住人口 常住人数 常住人口 people persons'
};

const byTitle: ReadonlyMap<string, Column> = new Map(
	columns.flatMap((column) => titles[column].split(' ').map((title): [string, Column] => [title, column]))
);

/** The column a header cell names: spaces, marks of a required field and remarks in brackets aside. */
export function columnOf(cell: Cell | undefined): Column | undefined {
	const title = looseKey(cleanLine(cell)).replace(/[*:#]/gu, '');
	return byTitle.get(title) ?? byTitle.get(title.replace(/\(.*\)$/u, ''));
}

/** The columns that `cells` name, each where it is first found. */
export function layoutOf(cells: readonly Cell[]): Layout {
	const layout = new Map<Column, number>();
	cells.forEach((cell, index) => {
		const column = columnOf(cell);
		if (column && !layout.has(column)) layout.set(column, index);
	});
	return layout;
}

/** A row that names this many columns is a header. */
const fewestTitles = 3;

export function isHeader(cells: readonly Cell[]): boolean {
	return layoutOf(cells).size >= fewestTitles;
}

/** What a roster cannot be without; a household is known by its number or by its door. */
export function missingColumns(layout: Layout): readonly Column[] {
	const places = (['community', 'grid', 'courtyard'] as const).filter((column) => !layout.has(column));
	return layout.has('number') || layout.has('door') ? places : [...places, 'number'];
}
