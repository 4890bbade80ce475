import { asLine, asText } from '#kinds/text.ts';
import type { ConventionDraft } from '#read-models/convention-draft.ts';

/** How long a line may be, and a text: src/kinds/text.ts. */
export const maxLine = 200;
export const maxText = 2000;

/** A field that cannot be saved as it is, and why. */
export interface Broken {
	/** Absent: the field belongs to the whole. */
	readonly clause?: string;
	readonly field: 'title' | 'preamble' | 'heading' | 'text';
	readonly problem: 'empty' | 'long';
	/** How many characters there are. */
	readonly length: number;
}

/** What keeps a draft from being saved, from the top of the page downwards. */
export function brokenIn({ title, preamble, clauses }: ConventionDraft): readonly Broken[] {
	return [
		...broken(title, { field: 'title' }, maxLine, true),
		...broken(preamble, { field: 'preamble' }, maxText, false),
		...clauses.flatMap(({ id, heading, text }) => [
			...broken(heading, { clause: id, field: 'heading' }, maxLine, false),
			...broken(text, { clause: id, field: 'text' }, maxText, true)
		])
	];
}

function broken(
	typed: string,
	at: Pick<Broken, 'clause' | 'field'>,
	max: number,
	needed: boolean
): readonly Broken[] {
	const { length } = max === maxLine ? asLine(typed) : asText(typed);
	if (needed && length === 0) return [{ ...at, problem: 'empty', length }];
	return length > max ? [{ ...at, problem: 'long', length }] : [];
}
