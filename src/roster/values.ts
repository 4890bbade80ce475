import { smallNumber } from './chinese-number.ts';
import type { Cell } from './sheet.ts';
import { cleanLine, dateText } from './text.ts';

/** What a cell says. `several`: more than one value stood there, and this is the first. */
export type Value<T> =
	| { readonly status: 'blank' }
	| { readonly status: 'read'; readonly value: T; readonly several: boolean }
	| { readonly status: 'date' | 'unreadable'; readonly text: string };

const blank = { status: 'blank' } as const;
/** What clerks write where there is nothing to write. */
const nothing = new Set([
	'',
	'-',
	'--',
	'/',
	'\\',
	'无',
	'没有',
	'暂无',
	'未知',
	'不详',
	'n/a',
	'#n/a',
	'null'
]);
/** Excel's other errors. */
const brokenFormula = /^#(?:REF|VALUE|NAME|NUM|DIV\/0|NULL)[!?]?/i;

function read<T>(value: T, several = false): Value<T> {
	return { status: 'read', value, several };
}

/** "3-2" as Excel shows it after taking it for a day: `2026-03-02`, `3月2日`, `2-Mar`, `Mar-02`. */
const dates = [
	/^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?: \d{1,2}:\d{2}(?::\d{2})?)?$/,
	/^(?:\d{4}年)?\d{1,2}月\d{1,2}日$/,
	/^\d{1,2}-(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)$/i,
	/^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-\d{2}$/i
];

/** The name of a place, a household's number, its door: any line but a date. */
export function readLabel(cell: Cell | undefined): Value<string> {
	if (cell instanceof Date) return { status: 'date', text: dateText(cell) };
	const text = cleanLine(cell);
	if (nothing.has(text.toLowerCase()) || brokenFormula.test(text)) return blank;
	if (dates.some((date) => date.test(text))) return { status: 'date', text };
	return read(/^\d+\.0+$/.test(text) ? text.slice(0, text.indexOf('.')) : text);
}

export function readHead(cell: Cell | undefined): Value<string> {
	const text = cleanLine(cell);
	if (cell instanceof Date || brokenFormula.test(text)) return { status: 'unreadable', text };
	return nothing.has(text.toLowerCase()) ? blank : read(text);
}

/** `3`, `３`, `3.0`, `3人`, `三口人`; at most 99. */
export function readPeople(cell: Cell | undefined): Value<number> {
	const text = cleanLine(cell);
	if (nothing.has(text.toLowerCase())) return blank;
	const [, count = ''] = /^(.+?)(?:\.0+)?(?:口人|人|口|位)?$/u.exec(text.replace(/\s/gu, '')) ?? [];
	const people = cell instanceof Date ? undefined : smallNumber(count);
	return people === undefined || people > 99 ? { status: 'unreadable', text } : read(people);
}

/**
 * A mobile number as eleven digits, any other with its own hyphens: `13800000000`, `010-67020000`.
 * A number that lost digits on the way (`1.38E+10`) is not guessed at.
 */
export function readPhone(cell: Cell | undefined): Value<string> {
	const text = cleanLine(cell);
	if (nothing.has(text.toLowerCase())) return blank;
	if (cell instanceof Date || brokenFormula.test(text)) return { status: 'unreadable', text };
	const parts = text.normalize('NFKC').split(/[/、,;|\\]|或/u);
	const numbers = parts.map(onePhone).filter((number) => number !== undefined);
	const [first] = numbers;
	return first === undefined ? { status: 'unreadable', text } : read(first, parts.length > 1);
}

function onePhone(text: string): string | undefined {
	const written = whole(text.trim())
		.replace(/(?<=\d)(?:转|ext\.?|x)(?=\d)/iu, '-')
		.replace(/^\((\d{3,4})\)/, '$1-')
		.replace(/[‐‑‒–—―−]/gu, '-')
		.replace(/[\s.()]/gu, '');
	if (!/^\+?\d[\d-]*\d$/.test(written)) return undefined;
	const digits = written.replace(/[+-]/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, '');
	if (/^1\d{10}$/.test(digits)) return digits;
	const mistypedMobile = /^1[3-9]\d{7,12}$/.test(digits);
	if (mistypedMobile || digits.length < 5 || digits.length > 15 || written.length > 20) return undefined;
	return written.replace(/-{2,}/g, '-');
}

/** `13800000000.0` and `1.38001380012E+10` as the digits they stand for, while none is lost. */
function whole(text: string): string {
	const point = /^(\d+)\.0+$/.exec(text);
	if (point?.[1]) return point[1];
	const power = /^(\d)(?:\.(\d+))?e\+?(\d{1,2})$/i.exec(text);
	if (!power) return text;
	const [, lead = '', rest = '', exponent = ''] = power;
	return rest.length === Number(exponent) ? lead + rest : text;
}
