import type { Cell } from './sheet.ts';
import { cleanLine, looseKey } from './text.ts';

/** 姓名, 账号, 角色, 地方, 截止日期. */
export const workerColumns = ['display', 'account', 'role', 'place', 'until'] as const;
export type WorkerColumn = (typeof workerColumns)[number];

/** Where each column of the sheet is found, by its indexes: the place may be in several, 社区 and 网格. */
export type WorkerLayout = ReadonlyMap<WorkerColumn, readonly number[]>;

/** How offices head these columns; the first of each is the one in the template. */
const titles: Readonly<Record<WorkerColumn, string>> = {
	display: '姓名 名字 人员姓名 网格员姓名 name displayname fullname',
	account: '账号 帐号 账户 用户名 登录名 account accountname username login',
	role: '角色 岗位 职务 身份 role',
	place: '地方 网格 社区 网格/社区 社区/网格 负责网格 所在网格 范围 place grid area',
	until: '截止日期 到期日期 到期 截止 有效期至 用到哪天 until lastday enddate'
};

const byTitle: ReadonlyMap<string, WorkerColumn> = new Map(
	workerColumns.flatMap((column) =>
		titles[column].split(' ').map((title): [string, WorkerColumn] => [title, column])
	)
);

/** The columns that `cells` name; of all but the place, the first counts. */
export function workerLayoutOf(cells: readonly Cell[]): WorkerLayout {
	const layout = new Map<WorkerColumn, readonly number[]>();
	cells.forEach((cell, index) => {
		const title = looseKey(cleanLine(cell)).replace(/[*:#]/gu, '');
		const column = byTitle.get(title) ?? byTitle.get(title.replace(/\(.*\)$/u, ''));
		if (!column) return;
		const found = layout.get(column) ?? [];
		if (column === 'place' || found.length === 0) layout.set(column, [...found, index]);
	});
	return layout;
}

/** What the sheet cannot be without. */
export function missingWorkerColumns(layout: WorkerLayout): readonly WorkerColumn[] {
	return (['account', 'role', 'place'] as const).filter((column) => !layout.has(column));
}

/** A row that names this many columns is a header. */
const fewestTitles = 2;

export function isWorkerHeader(cells: readonly Cell[]): boolean {
	return workerLayoutOf(cells).size >= fewestTitles;
}

/** A file to fill in, as Excel opens it: UTF-8 with a byte order mark. */
export const workerTemplate = `\uFEFF${workerColumns.map((column) => titles[column].split(' ')[0]).join(',')}\r\n`;
