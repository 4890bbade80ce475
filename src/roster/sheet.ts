/** A cell as the file gives it. A date is what a spreadsheet made of "3-2". */
export type Cell = string | number | boolean | Date | null;

/** `row`: the number that the clerk sees at the edge of the sheet, from 1. */
export interface SheetRow {
	readonly row: number;
	readonly cells: readonly Cell[];
}

/** `sheet`: the name on its tab, `''` in a CSV file. */
export interface Sheet {
	readonly sheet: string;
	readonly rows: readonly SheetRow[];
}

/** Where a row stands in the file. */
export interface RowAt {
	readonly sheet: string;
	readonly row: number;
}

export const maxFileBytes = 5 * 1024 * 1024;
export const maxRows = 20_000;

export function isBlank(cell: Cell | undefined): boolean {
	return cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '');
}

/** Rows numbered from 1, without the blank ones at the end. */
export function numberRows(cells: readonly (readonly Cell[])[]): readonly SheetRow[] {
	const last = cells.findLastIndex((row) => !row.every(isBlank));
	return cells.slice(0, last + 1).map((row, index) => ({ row: index + 1, cells: row }));
}
