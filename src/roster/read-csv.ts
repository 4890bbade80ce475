import Papa from 'papaparse';
import { layoutOf } from './columns.ts';
import { maxRows, numberRows, type Sheet } from './sheet.ts';

/** How far a header may be from the top of a file. */
const previewRows = 50;
const delimiters = [',', '\t', ';', '，'] as const;

/** Blank lines are rows here, as they are in the sheet that the clerk sees. */
export function readCsv(text: string): Sheet {
	const { data } = Papa.parse<string[]>(text, { delimiter: delimiterOf(text), preview: maxRows + 1000 });
	return { sheet: '', rows: numberRows(data) };
}

/** The separator that makes most columns of a roster out of some row near the top. */
function delimiterOf(text: string): string {
	const found = delimiters.map((delimiter) => {
		const { data } = Papa.parse<string[]>(text, { delimiter, preview: previewRows });
		return { delimiter, titles: Math.max(0, ...data.map((cells) => layoutOf(cells).size)) };
	});
	return found.reduce((best, next) => (next.titles > best.titles ? next : best)).delimiter;
}
