/**
 * A text as it is compared in searching: full-width letters and digits are plain ones, case does not matter. Each
 * character is folded by itself, so that what is found can be marked in the text as it was written.
 */
export function folded(text: string): string {
	return text.normalize('NFC').replace(unplain, foldedCharacter);
}

/** The words of a query, folded, each once: what stands between its spaces. All of them must be found. */
export function termsOf(query: string): readonly string[] {
	return [...new Set(folded(query).split(/\s+/).filter(Boolean))];
}

/** The overlapping pairs of characters of a folded text, each once: 垃圾分类 has 垃圾, 圾分 and 分类. */
export function pairsIn(text: string): ReadonlySet<string> {
	const pairs = new Set<string>();
	for (const run of text.split(/\s+/)) {
		// Most texts have no character of two units, and are quickly cut.
		const characters = /[\ud800-\udfff]/.test(run) ? [...run] : undefined;
		const last = (characters ?? run).length - 1;
		for (let at = 0; at < last; at += 1)
			pairs.add(characters ? characters.slice(at, at + 2).join('') : run.slice(at, at + 2));
	}
	return pairs;
}

/** A stretch of a text; `found`: it is what was searched for. */
export interface MarkedPart {
	readonly text: string;
	readonly found: boolean;
}

/** `text` with every place marked where one of `terms` stands. The parts together are the text. */
export function markedParts(text: string, terms: readonly string[]): readonly MarkedPart[] {
	const characters = [...text.normalize('NFC')];
	const found = foundIn(characters, terms);
	const parts: { text: string; found: boolean }[] = [];
	for (const [index, character] of characters.entries()) {
		const last = parts.at(-1);
		if (last?.found === found.has(index)) last.text += character;
		else parts.push({ text: character, found: found.has(index) });
	}
	return parts;
}

/** Which of `characters` belong to one of `terms`. */
function foundIn(characters: readonly string[], terms: readonly string[]): ReadonlySet<number> {
	/** For each unit of the folded text, the character it came from. */
	const from: number[] = [];
	let text = '';
	for (const [index, character] of characters.entries()) {
		const plain = folded(character);
		for (let unit = 0; unit < plain.length; unit += 1) from.push(index);
		text += plain;
	}
	const found = new Set<number>();
	for (const term of terms)
		for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1))
			for (const index of from.slice(at, at + term.length)) found.add(index);
	return found;
}

/** Everything but what folds to itself for sure: Chinese characters, plain small letters, digits and signs. */
const unplain = /[^\u4e00-\u9fff\u0020-\u0040\u005b-\u007e\s]/gu;

function foldedCharacter(character: string): string {
	return character.normalize('NFKC').toLowerCase();
}
