import { decodeText } from './decode-text.ts';
import { note, type Note } from './note.ts';
import { readCsv } from './read-csv.ts';
import { layoutOf } from './columns.ts';
import { maxFileBytes, maxRows, type Cell, type Sheet } from './sheet.ts';

export type Decoded =
	{ readonly ok: true; readonly sheets: readonly Sheet[] } | { readonly ok: false; readonly refusal: Note };

/** `PK\x03\x04`: a zip archive, and so an XLSX workbook. */
const zipMagic = [0x50, 0x4b, 0x03, 0x04];
/** OLE2 compound file: XLS, and XLSX with a password. */
const oleMagic = [0xd0, 0xcf, 0x11, 0xe0];

/**
 * The sheets of a spreadsheet file, by its content: names lie. Never rejects. `titlesIn`: how many titles of columns
 * there are among `cells`; by default those of a roster.
 */
export async function decodeFile(
	bytes: Uint8Array,
	titlesIn: (cells: readonly Cell[]) => number = (cells) => layoutOf(cells).size
): Promise<Decoded> {
	if (bytes.length === 0) return refused('file_empty');
	if (bytes.length > maxFileBytes) return refused('file_too_large', { limit: maxFileBytes / 1024 / 1024 });
	if (startsWith(bytes, oleMagic)) return refused('file_old_excel');
	const read = startsWith(bytes, zipMagic) ? await readWorkbook(bytes) : readText(bytes, titlesIn);
	if (!read.ok) return read;
	const rows = read.sheets.reduce((sum, sheet) => sum + sheet.rows.length, 0);
	if (rows === 0) return refused('file_empty');
	return rows > maxRows ? refused('file_too_many_rows', { limit: maxRows }) : read;
}

async function readWorkbook(bytes: Uint8Array): Promise<Decoded> {
	try {
		const { readXlsx } = await import('./read-xlsx.ts');
		return { ok: true, sheets: await readXlsx(bytes) };
	} catch {
		// The libraries throw many classes for a damaged or foreign archive; to the clerk they are one.
		return refused('file_unreadable');
	}
}

function readText(bytes: Uint8Array, titlesIn: (cells: readonly Cell[]) => number): Decoded {
	const text = decodeText(bytes);
	if (text === undefined) return refused('file_encoding_unknown');
	return text.includes('\0') ? refused('file_unreadable') : { ok: true, sheets: [readCsv(text, titlesIn)] };
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
	return magic.every((byte, index) => bytes[index] === byte);
}

function refused(code: Parameters<typeof note>[0], values: Note['values'] = {}): Decoded {
	return { ok: false, refusal: note(code, values) };
}
