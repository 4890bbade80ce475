import { diffArrays } from 'diff';

/** What a text became between two places of the text it was made from, both in code points. */
export interface TextEdit {
	readonly from: number;
	/** Behind the last code point replaced; `from` for a bare insertion. */
	readonly to: number;
	readonly text: string;
}

/** Beyond this many code points put in and taken out, a text counts as written anew. */
const maxEditLength = 1000;
/** Between two edits of one person: so few code points left alone are by chance, and part of a rewording. */
const minKept = 4;

/** How `after` came of `before`, as separate edits in order. By code point, so that no character is cut. */
export function textEdits(before: string, after: string): readonly TextEdit[] {
	const old = [...before];
	const changes = diffArrays(old, [...after], { maxEditLength });
	if (!changes) return [{ from: 0, to: old.length, text: after }];
	const edits: TextEdit[] = [];
	let at = 0;
	for (const { added, removed, value } of changes) {
		if (added || removed) {
			const to = removed ? at + value.length : at;
			const last = edits.at(-1);
			const kept = last ? old.slice(last.to, at) : [];
			const text = added ? value.join('') : '';
			if (last && kept.length < minKept)
				edits.splice(-1, 1, { from: last.from, to, text: last.text + kept.join('') + text });
			else edits.push({ from: at, to, text });
		}
		if (!added) at += value.length;
	}
	return edits;
}
