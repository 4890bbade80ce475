import * as v from 'valibot';
import { isHash } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import { fieldByField } from '#records/merge-policy.ts';
import { joinSets, joinTexts } from '#records/merge-rules.ts';
import type { Scope } from '#records/scope.ts';
import { isDay, type Day } from './day.ts';
import { keyedEntity, type Kind } from './kind.ts';
import { brokenPair, keyedKind, pairOf } from './keyed-kind.ts';
import { longText, shortText } from './text.ts';
import { tolerant } from './tolerant.ts';

const fields = {
	words: longText,
	/** Hashes of the photos. */
	photos: v.pipe(v.array(v.custom<string>(isHash, 'not a hash')), v.maxLength(6)),
	/** 等待: what or whom it waits for, until a day if that is known. */
	waiting: v.strictObject({
		for: shortText,
		until: v.exactOptional(v.custom<Day>(isDay, 'not a day'))
	})
};

/** 办理进展: how a matter goes on. */
export const progressBody = v.strictObject({
	words: fields.words,
	photos: v.optional(fields.photos),
	waiting: v.optional(fields.waiting)
});

const progressRead = v.object({
	words: tolerant(fields.words),
	photos: tolerant(fields.photos),
	waiting: tolerant(fields.waiting)
});
export type ProgressRead = v.InferOutput<typeof progressRead>;

export function readProgress(body: JsonObject): ProgressRead {
	return v.parse(progressRead, body);
}

/** `scope`: the matter's. `matter`, `id`: 8 to 32 of a-z and 0-9. */
export function progressEntity(scope: Scope, matter: string, id: string): string {
	return keyedEntity(scope, `${matter}-${id}`);
}

export function progressOf(
	entity: string
): { readonly scope: Scope; readonly matter: string; readonly id: string } | undefined {
	const pair = pairOf(entity);
	return pair && { scope: pair.scope, matter: pair.first, id: pair.second };
}

export const progress: Kind = keyedKind({
	name: 'progress',
	body: progressBody,
	levels: ['subdistrict', 'community', 'grid', 'courtyard', 'household'],
	policy: fieldByField({ '/words': joinTexts, '/photos': joinSets }, ['waiting']),
	brokenKey: brokenPair,
	impersonal: () => undefined
});
