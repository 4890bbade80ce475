import * as v from 'valibot';
import type { JsonObject } from '#records/json.ts';
import { fieldByField } from '#records/merge-policy.ts';
import type { Scope } from '#records/scope.ts';
import { keyedEntity, type Kind } from './kind.ts';
import { brokenPair, keyedKind, pairOf } from './keyed-kind.ts';
import { longText, shortText } from './text.ts';
import { tolerant } from './tolerant.ts';

/** 异议, 补充. */
export const amendmentTypes = ['objection', 'addition'] as const;
export type AmendmentType = (typeof amendmentTypes)[number];

/** 采纳, 记录在案, 不采纳. */
export const amendmentAnswers = ['accepted', 'noted', 'declined'] as const;
export type AmendmentAnswer = (typeof amendmentAnswers)[number];

const fields = {
	type: v.picklist(amendmentTypes),
	words: longText,
	/** Who says so, where it is no household. */
	who: shortText,
	/** The id of the item of the agenda it is about. */
	item: v.pipe(v.string(), v.regex(/^[a-z0-9]{8,32}$/)),
	/** What the council makes of it. */
	answer: v.strictObject({ type: v.picklist(amendmentAnswers), words: v.optional(longText) })
};

/** What someone who was there says of filed minutes. It stands beside them; the filed text stays. */
export const amendmentBody = v.strictObject({
	type: fields.type,
	words: fields.words,
	who: v.optional(fields.who),
	item: v.optional(fields.item),
	answer: v.optional(fields.answer)
});

const amendmentRead = v.object({
	type: tolerant(fields.type),
	words: tolerant(fields.words),
	who: tolerant(fields.who),
	item: tolerant(fields.item),
	answer: tolerant(fields.answer)
});
export type AmendmentRead = v.InferOutput<typeof amendmentRead>;

export function readAmendment(body: JsonObject): AmendmentRead {
	return v.parse(amendmentRead, body);
}

/** `scope`: of the household, or the meeting's. `meeting`, `id`: 8 to 32 of a-z and 0-9. */
export function amendmentEntity(scope: Scope, meeting: string, id: string): string {
	return keyedEntity(scope, `${meeting}-${id}`);
}

export function amendmentOf(
	entity: string
): { readonly scope: Scope; readonly meeting: string; readonly id: string } | undefined {
	const pair = pairOf(entity);
	return pair && { scope: pair.scope, meeting: pair.first, id: pair.second };
}

export const amendment: Kind = keyedKind({
	name: 'amendment',
	body: amendmentBody,
	levels: ['subdistrict', 'community', 'courtyard', 'household'],
	policy: fieldByField({}, ['answer']),
	brokenKey: brokenPair,
	confirming: ['answer'],
	impersonal: () => undefined
});
