import * as v from 'valibot';
import { asLine, asText } from '#kinds/text.ts';
import { clauseOf, doubtSubject, wordsOf, type ConventionDoubt } from '#read-models/convention-doubts.ts';
import type { Settled } from '#read-models/convention-settling.ts';
import type { Json } from '#records/json.ts';

const words = v.object({ heading: v.string(), text: v.string() });
/** What someone writes in place of all versions. */
export type Words = { readonly heading: string; readonly text: string };

const answer = v.variant('how', [
	v.object({ how: v.literal('version'), version: v.string() }),
	v.object({ how: v.literal('all'), first: v.string(), newIds: v.array(v.string()) }),
	v.object({ how: v.literal('anew') })
]);
/** A person's answer to one doubt: a version by its key, all of them, or words of their own. */
export type Answer =
	| { readonly how: 'version'; readonly version: string }
	| { readonly how: 'all'; readonly first: string; readonly newIds: readonly string[] }
	| { readonly how: 'anew' };

const kept = v.object({
	offered: v.record(v.string(), v.string()),
	answers: v.record(v.string(), v.object({ to: v.string(), answer })),
	words: v.record(v.string(), words),
	why: v.string()
});

/**
 * Answers as they are kept, by the doubts' paths. `offered`: the keys of the doubts that were shown; `to`: the key
 * of the doubt that was answered. Words stay when another answer is tapped.
 */
export type DoubtDraft = {
	readonly offered: Readonly<Record<string, string>>;
	readonly answers: Readonly<Record<string, { readonly to: string; readonly answer: Answer }>>;
	readonly words: Readonly<Record<string, Words>>;
	readonly why: string;
};

export const emptyDraft: DoubtDraft = { offered: {}, answers: {}, words: {}, why: '' };

export function readDraft(value: Json): DoubtDraft | undefined {
	const parsed = v.safeParse(kept, value);
	return parsed.success ? parsed.output : undefined;
}

/** The answer given to exactly these versions; one given to others is none. */
export function answerTo(draft: DoubtDraft, doubt: ConventionDoubt): Answer | undefined {
	const given = draft.answers[doubt.path];
	return given?.to === doubt.key ? given.answer : undefined;
}

/** What someone wrote in place of the versions, or the words to begin with: those of the first version. */
export function wordsFor(draft: DoubtDraft, doubt: ConventionDoubt): Words {
	const [first] = doubt.versions.flatMap(({ value }) => wordsOf(value) ?? []);
	return draft.words[doubt.path] ?? { heading: first?.heading ?? '', text: first?.text ?? '' };
}

/** The choice that an answer is; undefined without one, and where nothing was written. */
export function settledBy(draft: DoubtDraft, doubt: ConventionDoubt): Settled | undefined {
	const given = answerTo(draft, doubt);
	const indexOf = (key: string) => doubt.versions.find((version) => version.key === key)?.index;
	switch (given?.how) {
		case 'version': {
			const index = indexOf(given.version);
			return index === undefined ? undefined : { type: 'candidate', index };
		}
		case 'all': {
			const first = indexOf(given.first);
			return first === undefined ? undefined : { type: 'both', first, newIds: given.newIds };
		}
		case 'anew': {
			const value = valueOf(doubt, wordsFor(draft, doubt));
			return value === undefined ? undefined : { type: 'anew', value };
		}
		case undefined:
			return undefined;
	}
}

/** Written anew, a clause names everyone whose suggestions were in any of its versions. */
function valueOf({ path, versions }: ConventionDoubt, words: Words): Json | undefined {
	const text = asText(words.text);
	const heading = asLine(words.heading);
	if (text === '') return undefined;
	if (doubtSubject(path).type !== 'clause') return text;
	const credits = [...new Set(versions.flatMap(({ value }) => clauseOf(value)?.credits ?? []))].sort();
	return { ...(heading !== '' && { heading }), text, ...(credits.length > 0 && { credits }) };
}
