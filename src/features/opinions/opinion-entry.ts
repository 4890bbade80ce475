import type { Entry } from '#app/workplace.svelte.ts';
import { opinionEntity, ratingTopic, type ClauseView, type Rating } from '#kinds/opinion.ts';
import type { Opinion } from '#read-models/opinions.ts';
import type { Hash } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import type { Scope } from '#records/scope.ts';

/** Whose opinion it is, and of which convention. */
export interface Speaker {
	readonly household: Scope;
	/** The convention's id. */
	readonly convention: string;
}

/** `seen`: the revision that was read. `words`: of a suggestion the wording, else why; may be empty. */
export function clauseOpinion(
	speaker: Speaker,
	clause: string,
	said: { readonly view: ClauseView; readonly words?: string; readonly seen: Hash }
): Entry {
	const { view, words = '', seen } = said;
	return entryOf(speaker, clause, { about: 'clause', view, ...(words !== '' && { words }), seen });
}

export function wordsOpinion(
	speaker: Speaker,
	topic: string,
	said: { readonly about: 'wish' | 'objection'; readonly words: string }
): Entry {
	return entryOf(speaker, topic, { ...said });
}

export function ratingOpinion(
	speaker: Speaker,
	version: number,
	{ rating, words = '' }: { readonly rating: Rating; readonly words?: string }
): Entry {
	return entryOf(speaker, ratingTopic(version), { about: 'rating', rating, ...(words !== '' && { words }) });
}

/** Written over what was shown: what another phone noted and nobody here has read is not replaced. */
export function over(shown: Opinion | undefined, entry: Entry): Entry {
	return { ...entry, seen: shown?.heads ?? [] };
}

function entryOf({ household, convention }: Speaker, topic: string, body: JsonObject): Entry {
	return { kind: 'opinion', entity: opinionEntity(household, convention, topic), scope: household, body };
}
