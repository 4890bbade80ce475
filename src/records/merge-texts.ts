import { textEdits, type TextEdit } from './text-edits.ts';

/**
 * `base` with the edits of all `sides` in it, or undefined where edits of two sides touch: between
 * them must stand at least one code point that both left alone. The same edit made by several counts once.
 * Independent of the order of `sides`.
 */
export function mergeTexts(base: string, sides: readonly string[]): string | undefined {
	const edits = new Map(sides.flatMap((side) => textEdits(base, side)).map((edit) => [keyOf(edit), edit]));
	const inOrder = [...edits.values()].sort((a, b) => a.from - b.from || a.to - b.to);
	if (inOrder.some((edit, index) => edit.from <= (inOrder[index - 1]?.to ?? -1))) return undefined;
	const old = [...base];
	const parts: string[] = [];
	let at = 0;
	for (const { from, to, text } of inOrder) {
		parts.push(...old.slice(at, from), text);
		at = to;
	}
	return [...parts, ...old.slice(at)].join('');
}

function keyOf({ from, to, text }: TextEdit): string {
	return `${from} ${to} ${text}`;
}
