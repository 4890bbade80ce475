import { markedParts, type MarkedPart } from './search-words.ts';

/** So many characters are shown before what was found, and after it. */
const before = 12;
const after = 48;

/** The line that has most of `terms`, of equals the first, cut around what was found; [] where none has any. */
export function snippetOf(lines: readonly string[], terms: readonly string[]): readonly MarkedPart[] {
	let best: readonly MarkedPart[] = [];
	let most = 0;
	for (const line of lines) {
		const has = terms.filter((term) => markedParts(line, [term]).some(({ found }) => found)).length;
		if (has > most) [best, most] = [markedParts(line, terms), has];
	}
	return cut(best);
}

function cut(parts: readonly MarkedPart[]): readonly MarkedPart[] {
	const first = parts.findIndex(({ found }) => found);
	if (first < 0) return [];
	const lead = [
		...parts
			.slice(0, first)
			.map(({ text }) => text)
			.join('')
	];
	const shown: MarkedPart[] =
		lead.length > before
			? [{ text: `…${lead.slice(-before).join('')}`, found: false }]
			: parts.slice(0, first);
	let room = after;
	for (const { text, found } of parts.slice(first)) {
		if (room <= 0) break;
		const characters = [...text];
		const rest = characters.length > room ? `${characters.slice(0, room).join('')}…` : text;
		shown.push({ text: rest, found });
		room -= characters.length;
	}
	return shown;
}
