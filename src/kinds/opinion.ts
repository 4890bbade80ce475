import * as v from 'valibot';
import { isHash, type Hash } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import { fieldByField } from '#records/merge-policy.ts';
import type { Scope } from '#records/scope.ts';
import { keyedEntity, type Kind } from './kind.ts';
import { brokenPair, keyedKind, pairOf } from './keyed-kind.ts';
import { longText } from './text.ts';

/** 同意, 不同意, 建议改成. */
export const clauseViews = ['agree', 'disagree', 'suggest'] as const;
export type ClauseView = (typeof clauseViews)[number];

/** 好, 一般, 不好. */
export const ratings = ['good', 'fair', 'poor'] as const;
export type Rating = (typeof ratings)[number];

const words = { words: v.optional(longText) };

/**
 * 意见: what a household says of a convention. `clause`: of one clause, as it stood in the revision `seen`.
 * `wish` 诉求: what the convention should be about. `objection` 异议: against a text that is posted. `rating`
 * 评价: how a version in force does.
 */
export const opinionBody = v.variant('about', [
	v.pipe(
		v.strictObject({
			about: v.literal('clause'),
			view: v.picklist(clauseViews),
			/** Of a suggestion: the wording. */
			...words,
			seen: v.custom<Hash>(isHash, 'not a hash')
		}),
		v.check(({ view, words }) => view !== 'suggest' || words !== undefined, 'a suggestion without words')
	),
	v.strictObject({ about: v.literal('wish'), words: longText }),
	v.strictObject({ about: v.literal('objection'), words: longText }),
	v.strictObject({ about: v.literal('rating'), rating: v.picklist(ratings), ...words })
]);
export type OpinionBody = v.InferOutput<typeof opinionBody>;

/**
 * An opinion as merged; undefined where it cannot be read: its main point is in doubt, or a later version wrote it.
 */
export function readOpinion(body: JsonObject): OpinionBody | undefined {
	const parsed = v.safeParse(opinionBody, body);
	return parsed.success ? parsed.output : undefined;
}

/**
 * A household's opinion of a convention on one topic: a clause, by its id; a wish or an objection, by an id of
 * chance; the rating of a version, `version1`. `qianmen.caochang.g3.c12.h04.<convention>-<topic>`.
 */
export function opinionEntity(household: Scope, convention: string, topic: string): string {
	return keyedEntity(household, `${convention}-${topic}`);
}

export function ratingTopic(version: number): string {
	return `version${version}`;
}

export function opinionOf(
	entity: string
): { readonly household: Scope; readonly convention: string; readonly topic: string } | undefined {
	const pair = pairOf(entity);
	return pair && { household: pair.scope, convention: pair.first, topic: pair.second };
}

export const opinion: Kind = keyedKind({
	name: 'opinion',
	body: opinionBody,
	levels: ['household'],
	policy: fieldByField(),
	brokenKey: brokenPair,
	impersonal(body) {
		const { words, ...counted } = body;
		if (body['about'] === 'clause' || body['about'] === 'rating')
			return body['view'] === 'suggest' && words !== undefined ? { ...counted, words: '—' } : counted;
		return undefined;
	}
});
