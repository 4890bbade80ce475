import { columnOf, isHeader, layoutOf, missingColumns, type Column, type Layout } from './columns.ts';
import { note, type Note, type NoteCode } from './note.ts';
import { nothingAbove, readRow } from './read-row.ts';
import type { Roster, RosterRow, RowSetAside } from './roster.ts';
import { isBlank, type Cell, type Sheet, type SheetRow } from './sheet.ts';
import { cleanLine } from './text.ts';

export type RosterRead =
	{ readonly ok: true; readonly roster: Roster } | { readonly ok: false; readonly refusal: Note };

const total = /^(?:合计|小计|总计|共计|total)[::]?[\d户人\s]*$/iu;

/** Reads every sheet that has the columns of a roster; the others are named and left alone. */
export function readRoster(sheets: readonly Sheet[]): RosterRead {
	const found = sheets.map((sheet) => ({
		sheet,
		header: sheet.rows.findIndex(({ cells }) => isHeader(cells))
	}));
	const withHeader = found.filter(({ header }) => header >= 0);
	const layouts = withHeader.map(({ sheet, header }) => layoutOf(sheet.rows[header]?.cells ?? []));
	const [closest] = layouts;
	if (!closest) return { ok: false, refusal: note('file_no_header', { columns: required.join() }) };
	const usable = withHeader.filter((_, index) => missingColumns(layouts[index] ?? new Map()).length === 0);
	if (usable.length === 0) {
		return { ok: false, refusal: note('file_columns_missing', { columns: missingColumns(closest).join() }) };
	}
	const read = usable.map(({ sheet, header }) => readSheet(sheet, header));
	const ignored = found.filter((one) => !usable.includes(one) && one.sheet.rows.length > 0);
	return {
		ok: true,
		roster: {
			sheets: usable.map(({ sheet }) => sheet.sheet),
			columns: [...new Set(read.flatMap(({ columns }) => columns))],
			rows: read.flatMap(({ rows }) => rows),
			setAside: read.flatMap(({ setAside }) => setAside),
			notes: [
				...ignored.map(({ sheet }) => note('sheet_ignored', { sheet: sheet.sheet })),
				...read.flatMap(({ notes }) => notes)
			]
		}
	};
}

const required: readonly Column[] = ['community', 'grid', 'courtyard', 'number'];

function readSheet({ sheet, rows: all }: Sheet, header: number): Roster {
	const rows: RosterRow[] = [];
	const setAside: RowSetAside[] = [];
	let layout = layoutOf(all[header]?.cells ?? []);
	let above = nothingAbove;
	for (const [index, { row, cells }] of all.entries()) {
		const at = { sheet, row };
		const skip = skipReason(cells, index - header);
		if (skip) {
			if (skip === 'row_header_again') layout = nextLayout(layout, cells);
			if (index !== header) setAside.push({ at, outcome: 'skipped', notes: [note(skip)] });
			continue;
		}
		const read = readRow(cells, layout, at, above);
		above = read.above;
		if (read.status === 'row') rows.push(read.row);
		else if (read.status === 'refused') setAside.push({ at, outcome: 'refused', notes: read.notes });
		else setAside.push({ at, outcome: 'skipped', notes: [note('row_remark')] });
	}
	return { sheets: [sheet], columns: [...layout.keys()], rows, setAside, notes: headerNotes(all[header]) };
}

/** `fromHeader`: how many rows below the header. */
function skipReason(cells: readonly Cell[], fromHeader: number): NoteCode | undefined {
	if (cells.every(isBlank)) return 'row_blank';
	if (fromHeader < 0) return 'row_above_header';
	if (isHeader(cells)) return 'row_header_again';
	return cells.some((cell) => total.test(cleanLine(cell).normalize('NFKC'))) ? 'row_total' : undefined;
}

/** A header in the middle may order its columns anew. */
function nextLayout(layout: Layout, cells: readonly Cell[]): Layout {
	const next = layoutOf(cells);
	return missingColumns(next).length === 0 ? next : layout;
}

function headerNotes(header: SheetRow | undefined): readonly Note[] {
	const seen = new Set<Column>();
	return (header?.cells ?? []).flatMap((cell) => {
		const title = cleanLine(cell);
		const column = columnOf(cell);
		if (title === '') return [];
		if (!column) return [note('column_ignored', { title: title.slice(0, 80) })];
		if (seen.has(column)) return [note('column_twice', { title: title.slice(0, 80) })];
		seen.add(column);
		return [];
	});
}
