import { unzipSync, zipSync, type Unzipped } from 'fflate';
import readXlsxFile from 'read-excel-file/universal';
import { numberRows, type Cell, type Sheet } from './sheet.ts';

/** Unpacked, a sheet of 20,000 rows is a few MB; a file that claims much more is no roster. */
const maxUnpackedBytes = 100 * 1024 * 1024;

/**
 * Every sheet of a workbook, in the order of its tabs. Loaded by `import()` only, for its size.
 *
 * Unpacked here and handed on without compression, because read-excel-file unpacks large parts in
 * workers made of a blob URL, which the app's Content-Security-Policy does not allow.
 * @throws Error when `bytes` are not a workbook.
 */
export async function readXlsx(bytes: Uint8Array): Promise<readonly Sheet[]> {
	const workbook = zipSync(unpack(bytes), { level: 0 });
	const sheets = await readXlsxFile(workbook.slice().buffer);
	return sheets.map(({ sheet, data }) => ({
		sheet,
		rows: numberRows(data.map((row) => row.map((cell) => cellFrom(cell))))
	}));
}

function unpack(bytes: Uint8Array): Unzipped {
	let unpacked = 0;
	return unzipSync(bytes, {
		filter({ name, originalSize }) {
			if (!name.endsWith('.xml') && !name.endsWith('.rels')) return false;
			unpacked += originalSize;
			if (unpacked > maxUnpackedBytes) throw new RangeError(`unpacks to more than ${maxUnpackedBytes} bytes`);
			return true;
		}
	});
}

/** The library's types say `typeof Date` where it gives a Date. */
function cellFrom(value: unknown): Cell {
	if (value instanceof Date) return value;
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
