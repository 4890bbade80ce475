import type { Cell } from './sheet.ts';

/** Control characters, and format characters that people paste along without seeing them. */
const invisible = /[\p{Cc}\u200B-\u200F\u202A-\u202E\u2060\uFEFF]/gu;

/**
 * A cell as a line to keep: full-width digits and Latin letters made plain, spaces (the ideographic
 * one included) trimmed and joined. Other characters stay: NFKC would change people's names.
 */
export function cleanLine(cell: Cell | undefined): string {
	if (cell === null || cell === undefined) return '';
	const text = cell instanceof Date ? dateText(cell) : String(cell);
	return text
		.toWellFormed()
		.replace(/\s+/gu, ' ')
		.replace(invisible, '')
		.replace(/[０-９Ａ-Ｚａ-ｚ－]/gu, (wide) => String.fromCodePoint((wide.codePointAt(0) ?? 0) - 0xfee0))
		.trim();
}

/** What two spellings of one name have in common: NFKC, no spaces, lower case, one kind of dash. */
export function looseKey(text: string): string {
	return cleanLine(text)
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\s·•]/gu, '')
		.replace(/[‐‑‒–—―−－﹣ー]/gu, '-');
}

/** A date as a spreadsheet shows it; a date out of range has no text of its own. */
export function dateText(date: Date): string {
	return Number.isNaN(date.getTime()) ? '?' : date.toISOString().slice(0, 10);
}
