import * as v from 'valibot';

/** A line someone reads: no line breaks or other control characters. */
function line(max: number) {
	return v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(max), v.regex(/^[^\p{Cc}]*$/u));
}

export const name = line(80);
export const shortText = line(200);

/** What someone wrote, line breaks included. */
export const longText = v.pipe(v.string(), v.nonEmpty(), v.maxLength(2000), v.regex(/^[^\0]*$/u));
