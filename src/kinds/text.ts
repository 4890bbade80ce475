import * as v from 'valibot';

/** A line someone reads: no line breaks or other control characters. */
function line(max: number) {
	return v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(max), v.regex(/^[^\p{Cc}]*$/u));
}

export const name = line(80);
export const shortText = line(200);

/** What someone wrote, line breaks included. */
export const longText = v.pipe(v.string(), v.nonEmpty(), v.maxLength(2000), v.regex(/^[^\0]*$/u));

/** What was typed or pasted as one line: tabs, line breaks and other control characters are spaces. May be empty. */
export function asLine(typed: string): string {
	return typed.replaceAll(/\p{Cc}+/gu, ' ').trim();
}

/** What was typed or pasted as a text, without what no text may hold. May be empty. */
export function asText(typed: string): string {
	return typed.replaceAll('\0', '').trim();
}
