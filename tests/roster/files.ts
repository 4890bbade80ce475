import iconv from 'iconv-lite';
import writeXlsx, { type SheetData } from 'write-excel-file/node';

/** A CSV file as a program of that encoding writes it. */
export function csv(lines: readonly string[], encoding = 'utf8', options = {}): Uint8Array {
	return new Uint8Array(iconv.encode(lines.join('\r\n'), encoding, options));
}

/** A workbook of one sheet. */
export async function xlsx(data: SheetData, sheet = '花名册'): Promise<Uint8Array> {
	return new Uint8Array(await writeXlsx(data, { sheet }).toBuffer());
}
