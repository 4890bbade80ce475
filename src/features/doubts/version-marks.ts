import { wordsOf, type ConventionDoubt, type DoubtVersion } from '#read-models/convention-doubts.ts';
import { textParts, type TextPart } from '#read-models/text-difference.ts';

/** What a version is held against: the other versions, or what stood before all of them. */
export type Marking = 'between' | 'before';

/** A version's words in full, its differences marked. `heading` is [] where there is none. */
export interface MarkedWords {
	readonly heading: readonly TextPart[];
	readonly text: readonly TextPart[];
}

/**
 * Against what stood before, what the version took out stands in it too, marked as removed. Against another version,
 * which stands beside it, only what is this version's own is marked. Undefined for a version without words of its
 * own and nothing before it.
 */
export function markedWords(
	{ versions, before }: ConventionDoubt,
	version: DoubtVersion,
	marking: Marking
): MarkedWords | undefined {
	const own = wordsOf(version.value);
	const old = wordsOf(before);
	if (!own) return old && { heading: removed(old.heading ?? ''), text: removed(old.text) };
	const [other] = versions
		.filter(({ key }) => key !== version.key)
		.flatMap(({ value }) => wordsOf(value) ?? []);
	if (other && (marking === 'between' || !old))
		return {
			heading: withoutRemoved(textParts(other.heading ?? '', own.heading ?? '')),
			text: withoutRemoved(textParts(other.text, own.text))
		};
	const from = old ?? own;
	return { heading: textParts(from.heading ?? '', own.heading ?? ''), text: textParts(from.text, own.text) };
}

function removed(text: string): readonly TextPart[] {
	return text === '' ? [] : [{ type: 'removed', text }];
}

function withoutRemoved(parts: readonly TextPart[]): readonly TextPart[] {
	return parts.filter(({ type }) => type !== 'removed');
}
