/** After these a sentence ends, with any closing quotation marks or brackets. */
const ends = /(?:[。！？；!?;\n]|\.(?=\s))[”’」』）)]*\s*/g;

/**
 * Where a clause can be cut in two: after each of its sentences but the last, in the units in which a text field
 * counts its selection.
 */
export function splitPoints(text: string): readonly number[] {
	return [...text.matchAll(ends)]
		.map((match) => match.index + match[0].length)
		.filter((at) => isBetween(text, at));
}

/** Whether both halves have words. */
export function isBetween(text: string, at: number): boolean {
	return text.slice(0, at).trim() !== '' && text.slice(at).trim() !== '';
}
