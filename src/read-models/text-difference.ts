import { diffArrays } from 'diff';
import type { Clause } from '#kinds/clause.ts';
import type { ConventionRead } from '#kinds/convention.ts';
import { textEdits } from '#records/text-edits.ts';
import type { OpenText, OpenVersion, Words } from './open-text.ts';
import type { Written } from './written.ts';

/** A stretch of a text compared with an earlier one. */
export interface TextPart {
	readonly type: 'same' | 'added' | 'removed';
	readonly text: string;
}

/** Words between which someone must choose, each compared with the other text. `gone`: they were taken out. */
export interface VersionDifference {
	readonly by: readonly Written[];
	readonly gone: boolean;
	readonly heading: readonly TextPart[];
	readonly text: readonly TextPart[];
}

/**
 * `number`: where the clause stands, from 1. `moved`: it stands elsewhere among the others. Of a `doubt` the `versions`
 * are compared, and `heading` and `text` are empty.
 */
export interface ClauseDifference {
	readonly id: string;
	readonly type: 'same' | 'changed' | 'added' | 'removed' | 'doubt';
	readonly moved: boolean;
	readonly before?: NumberedClause;
	readonly after?: NumberedClause;
	readonly heading: readonly TextPart[];
	readonly text: readonly TextPart[];
	readonly versions: readonly VersionDifference[];
}

interface NumberedClause {
	readonly number: number;
	readonly clause: Clause;
}

/** Clauses in the order of the later text, removed ones where they stood. */
export interface TextDifference {
	/** [] where it is in doubt. */
	readonly title: readonly TextPart[];
	readonly preamble: readonly TextPart[];
	readonly clauses: readonly ClauseDifference[];
	readonly doubts: Readonly<Record<'title' | 'preamble', readonly VersionDifference[]>>;
}

/** A text to compare; one that holds doubts, with them. */
export type ComparedText = Pick<ConventionRead, 'title' | 'preamble' | 'clauses'> &
	Partial<Pick<OpenText, 'doubts'>>;

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

/**
 * What is in doubt in either text is no change of it: it stands as the versions that it has. Where both are in doubt,
 * as where a text is compared with itself, they are those of the later one.
 */
export function textDifference(before: ComparedText, after: ComparedText): TextDifference {
	const old = numbered(before.clauses);
	const now = numbered(after.clauses);
	const ids = diffArrays([...old.keys()], [...now.keys()]);
	const clauses = ids.flatMap(({ added, removed, value }) =>
		value
			.filter((id) => !removed || !now.has(id))
			.map((id) => {
				const one = difference(id, old.get(id), now.get(id), added);
				const doubts = doubtVersions(id, one, before.doubts?.clauses, after.doubts?.clauses);
				return doubts ? { ...one, ...doubts } : one;
			})
	);
	const of = (words: 'title' | 'preamble') => {
		const versions = versionsBetween(before.doubts?.[words], after.doubts?.[words], {
			before: wordsIn(before[words]),
			after: wordsIn(after[words])
		});
		return { versions, parts: versions.length > 0 ? [] : textParts(before[words] ?? '', after[words] ?? '') };
	};
	const [title, preamble] = [of('title'), of('preamble')];
	return {
		title: title.parts,
		preamble: preamble.parts,
		clauses,
		doubts: { title: title.versions, preamble: preamble.versions }
	};
}

function doubtVersions(
	id: string,
	{ before, after }: Pick<ClauseDifference, 'before' | 'after'>,
	...[inOld, inNow]: readonly (OpenText['doubts']['clauses'] | undefined)[]
): Pick<ClauseDifference, 'type' | 'moved' | 'heading' | 'text' | 'versions'> | undefined {
	const versions = versionsBetween(inOld?.get(id), inNow?.get(id), {
		before: before?.clause,
		after: after?.clause
	});
	return versions.length > 0 ? { type: 'doubt', moved: false, heading: [], text: [], versions } : undefined;
}

/** Each version against what the text on the other side says. */
function versionsBetween(
	inOld: readonly OpenVersion[] = [],
	inNow: readonly OpenVersion[] = [],
	other: { readonly before: Words | undefined; readonly after: Words | undefined }
): readonly VersionDifference[] {
	const parts = (by: OpenVersion['by'], gone: boolean, from: Words | undefined, to: Words | undefined) => ({
		...{ by, gone },
		heading: textParts(from?.heading ?? '', to?.heading ?? ''),
		text: textParts(from?.text ?? '', to?.text ?? '')
	});
	if (inNow.length === 0)
		return inOld.map(({ by, words }) => parts(by, words === undefined, words, other.after));
	return inNow.map(({ by, words }) =>
		parts(by, words === undefined, inOld.length > 0 ? words : other.before, words)
	);
}

function wordsIn(text: string | undefined): Words | undefined {
	return text === undefined ? undefined : { text };
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
		text,
		versions: []
	};
}
