import { diffArrays } from 'diff';

/** What a text became between two places of the text it was made from, both in code points. */
export interface TextEdit {
	readonly from: number;
	/** Behind the last code point replaced; `from` for a bare insertion. */
	readonly to: number;
	readonly text: string;
}

/**
 * Where more code points than this were put in and taken out, what lies between the first and the last of them counts
 * as written anew. Bounds the work: it grows with the square.
 */
const maxEditLength = 300;
/** Between two edits of one person: so few code points left alone are by chance, and part of a rewording. */
const minKept = 4;

/**
 * How `after` came of `before`, as separate edits in order. By code point, so that no character is cut. What was put
 * in or taken out in a row of equal characters counts as at its end, so that the same edit has one form.
 */
export function textEdits(before: string, after: string): readonly TextEdit[] {
	const old = [...before];
	const now = [...after];
	const start = sameAtStart(old, now);
	const end = sameAtEnd(old, now, start);
	const [gone, come] = [old.slice(start, old.length - end), now.slice(start, now.length - end)];
	const changes = diffArrays(gone, come, { maxEditLength });
	if (!changes) return [{ from: start, to: start + gone.length, text: come.join('') }];
	const edits: Replaced[] = [];
	let at = start;
	for (const { added, removed, value } of changes) {
		const to = added ? at : at + value.length;
		if (added || removed) addTo(edits, { from: at, to, now: added ? value : [] }, old, 1);
		at = to;
	}
	const joined: Replaced[] = [];
	edits.forEach((edit, index) => {
		addTo(joined, movedOn(edit, old, edits[index + 1]?.from ?? old.length), old, minKept);
	});
	return joined.map(({ from, to, now: text }) => ({ from, to, text: text.join('') }));
}

/** An edit, its text by code point. */
interface Replaced {
	readonly from: number;
	readonly to: number;
	readonly now: readonly string[];
}

/** Makes one of an edit and the last before it where fewer than `least` code points between them were left alone. */
function addTo(edits: Replaced[], edit: Replaced, old: readonly string[], least: number): void {
	const last = edits.at(-1);
	if (!last || edit.from - last.to >= least) edits.push(edit);
	else {
		const now = [...last.now, ...old.slice(last.to, edit.from), ...edit.now];
		edits.splice(-1, 1, { from: last.from, to: edit.to, now });
	}
}

/** The same bare insertion or deletion, as far on as the text allows, and not beyond `limit`. */
function movedOn({ from, to, now }: Replaced, old: readonly string[], limit: number): Replaced {
	if (from < to && now.length > 0) return { from, to, now };
	const turned = from === to ? now : old.slice(from, to);
	let by = 0;
	while (to + by < limit && old[to + by] === turned[by % turned.length]) by += 1;
	const cut = from === to ? by % now.length : 0;
	return { from: from + by, to: to + by, now: [...now.slice(cut), ...now.slice(0, cut)] };
}

function sameAtStart(old: readonly string[], now: readonly string[]): number {
	const differs = old.findIndex((character, index) => now[index] !== character);
	return differs < 0 ? old.length : differs;
}

/** Not reaching into the first `start` code points of either. */
function sameAtEnd(old: readonly string[], now: readonly string[], start: number): number {
	const most = Math.min(old.length, now.length) - start;
	let same = 0;
	while (same < most && old[old.length - 1 - same] === now[now.length - 1 - same]) same += 1;
	return same;
}
