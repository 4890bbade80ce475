import type { IncomingDoc, Written } from './stored-doc.ts';

/** Sequences one after the other, both ends included. */
export interface SequenceRange {
	readonly first: number;
	readonly last: number;
}

/** The sequences that hold nothing but those of these documents that were new; undefined when none was. */
export function sequencesOf(
	docs: readonly IncomingDoc[],
	{ fresh }: Pick<Written, 'fresh'>
): SequenceRange | undefined {
	const taken = docs.flatMap((doc) => fresh.get(doc) ?? []);
	const [first, last] = [taken.at(0), taken.at(-1)];
	if (first === undefined || last === undefined) return undefined;
	return last - first === taken.length - 1 ? { first, last } : undefined;
}
