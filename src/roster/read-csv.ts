import Papa from 'papaparse';
import { maxRows, numberRows, type Cell, type Sheet } from './sheet.ts';

/** How far a header may be from the top of a file. */
const previewRows = 50;
const delimiters = [',', '\t', ';', '，'] as const;

type TitlesIn = (cells: readonly Cell[]) => number;

/** Blank lines are rows here, as they are in the sheet that the clerk sees. */
export function readCsv(text: string, titlesIn: TitlesIn): Sheet {
	const { data } = Papa.parse<string[]>(text, {
		delimiter: delimiterOf(text, titlesIn),
		preview: maxRows + 1000
	});
	return { sheet: '', rows: numberRows(data) };
}

/** The separator that makes most columns out of some row near the top. */
function delimiterOf(text: string, titlesIn: TitlesIn): string {
	const found = delimiters.map((delimiter) => {
		const { data } = Papa.parse<string[]>(text, { delimiter, preview: previewRows });
		return { delimiter, titles: Math.max(0, ...data.map(titlesIn)) };
	});
	return found.reduce((best, next) => (next.titles > best.titles ? next : best)).delimiter;
}
