import { decodeFile } from './decode-file.ts';
import { note, type Note } from './note.ts';
import { isBlank, type Cell, type RowAt, type Sheet } from './sheet.ts';
import { cleanLine } from './text.ts';
import { isWorkerHeader, missingWorkerColumns, workerLayoutOf, type WorkerColumn } from './worker-columns.ts';

/** A row of the sheet, its cells by column; what the sheet has no column for is null. */
export interface WorkerRow {
	readonly at: RowAt;
	readonly cells: Readonly<Record<WorkerColumn, Cell>>;
}

export type WorkersRead =
	{ readonly ok: true; readonly rows: readonly WorkerRow[] } | { readonly ok: false; readonly refusal: Note };

/** A spreadsheet file as rows that each give an account a role, or why it is none. Never rejects. */
export async function readWorkersFile(bytes: Uint8Array): Promise<WorkersRead> {
	const decoded = await decodeFile(bytes, (cells) => workerLayoutOf(cells).size);
	return decoded.ok ? readWorkers(decoded.sheets) : decoded;
}

/** Blank rows are left out, and sheets without the columns. */
export function readWorkers(sheets: readonly Sheet[]): WorkersRead {
	const headed = sheets.flatMap((sheet) => {
		const header = sheet.rows.findIndex(({ cells }) => isWorkerHeader(cells));
		return header < 0 ? [] : [{ sheet, header, layout: workerLayoutOf(sheet.rows[header]?.cells ?? []) }];
	});
	const [closest] = headed;
	if (!closest) return { ok: false, refusal: note('file_no_header', { columns: 'account,role,place' }) };
	const usable = headed.filter(({ layout }) => missingWorkerColumns(layout).length === 0);
	if (usable.length === 0) {
		const columns = missingWorkerColumns(closest.layout).join();
		return { ok: false, refusal: note('file_columns_missing', { columns }) };
	}
	const rows = usable.flatMap(({ sheet, header, layout }) =>
		sheet.rows
			.slice(header + 1)
			.filter(({ cells }) => !cells.every(isBlank) && !isWorkerHeader(cells))
			.map(({ row, cells }) => {
				const cell = (column: WorkerColumn) => cellAt(cells, layout.get(column) ?? []);
				return {
					at: { sheet: sheet.sheet, row },
					cells: {
						display: cell('display'),
						account: cell('account'),
						role: cell('role'),
						place: cell('place'),
						until: cell('until')
					}
				};
			})
	);
	return { ok: true, rows };
}

/** The cell, or the words of several, as of 社区 and 网格. */
function cellAt(cells: readonly Cell[], indexes: readonly number[]): Cell {
	const found = indexes.map((index) => cells[index] ?? null).filter((cell) => !isBlank(cell));
	const [first = null] = found;
	return found.length > 1 ? found.map(cleanLine).join(' ') : first;
}
