import { diffArrays } from 'diff';
import type { Clause } from '#kinds/clause.ts';
import type { ConventionRead } from '#kinds/convention.ts';
import { textEdits } from '#records/text-edits.ts';

/** A stretch of a text compared with an earlier one. */
export interface TextPart {
	readonly type: 'same' | 'added' | 'removed';
	readonly text: string;
}

/** `number`: where the clause stands, from 1. `moved`: it stands elsewhere among the others. */
export interface ClauseDifference {
	readonly id: string;
	readonly type: 'same' | 'changed' | 'added' | 'removed';
	readonly moved: boolean;
	readonly before?: NumberedClause;
	readonly after?: NumberedClause;
	readonly heading: readonly TextPart[];
	readonly text: readonly TextPart[];
}

interface NumberedClause {
	readonly number: number;
	readonly clause: Clause;
}

/** Clauses in the order of the later text, removed ones where they stood. */
export interface TextDifference {
	readonly title: readonly TextPart[];
	readonly preamble: readonly TextPart[];
	readonly clauses: readonly ClauseDifference[];
}

/**
 * The parts without the added ones are `before`, without the removed ones `after`. Neighbouring
 * parts have different types, and none is empty.
 */
export function textParts(before: string, after: string): readonly TextPart[] {
	const old = [...before];
	const parts: TextPart[] = [];
	let at = 0;
	for (const { from, to, text } of textEdits(before, after)) {
		parts.push({ type: 'same', text: old.slice(at, from).join('') });
		parts.push({ type: 'removed', text: old.slice(from, to).join('') });
		parts.push({ type: 'added', text });
		at = to;
	}
	parts.push({ type: 'same', text: old.slice(at).join('') });
	return parts.filter(({ text }) => text !== '');
}

export function textDifference(before: ConventionRead, after: ConventionRead): TextDifference {
	const old = numbered(before.clauses);
	const now = numbered(after.clauses);
	const ids = diffArrays([...old.keys()], [...now.keys()]);
	const clauses = ids.flatMap(({ added, removed, value }) =>
		value
			.filter((id) => !removed || !now.has(id))
			.map((id) => difference(id, old.get(id), now.get(id), added))
	);
	return {
		title: textParts(before.title ?? '', after.title ?? ''),
		preamble: textParts(before.preamble ?? '', after.preamble ?? ''),
		clauses
	};
}

function numbered(clauses: readonly Clause[]): ReadonlyMap<string, NumberedClause> {
	return new Map(clauses.map((clause, index) => [clause.id, { number: index + 1, clause }]));
}

function difference(
	id: string,
	before: NumberedClause | undefined,
	after: NumberedClause | undefined,
	standsAnew: boolean
): ClauseDifference {
	const heading = textParts(before?.clause.heading ?? '', after?.clause.heading ?? '');
	const text = textParts(before?.clause.text ?? '', after?.clause.text ?? '');
	const same = [...heading, ...text].every(({ type }) => type === 'same');
	return {
		id,
		type: !before ? 'added' : !after ? 'removed' : same ? 'same' : 'changed',
		moved: standsAnew && before !== undefined,
		...(before && { before }),
		...(after && { after }),
		heading,
		text
	};
}
