import * as v from 'valibot';
import { isHash } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import { fieldByField } from '#records/merge-policy.ts';
import { joinSets } from '#records/merge-rules.ts';
import type { Scope } from '#records/scope.ts';
import { keyedEntity, type Kind } from './kind.ts';
import { brokenId, keyedKind } from './keyed-kind.ts';
import { longText } from './text.ts';
import { tolerant } from './tolerant.ts';

/** 垃圾分类, 房屋修缮, 堆物, 养犬, 公厕, 停车, 邻里纠纷, 其他. */
export const matterCategories = [
	'sorting',
	'repairs',
	'clutter',
	'dogs',
	'toilets',
	'parking',
	'dispute',
	'other'
] as const;
export type MatterCategory = (typeof matterCategories)[number];

const fields = {
	text: longText,
	category: v.picklist(matterCategories),
	/** Whoever raised it wishes not to be named in public. */
	unnamed: v.boolean(),
	/** Hashes of the photos. */
	photos: v.pipe(v.array(v.custom<string>(isHash)), v.maxLength(6))
};

/** 民事: something raised (民提) by a household, or about a courtyard. */
export const matterBody = v.strictObject({
	text: fields.text,
	category: v.optional(fields.category),
	unnamed: v.optional(fields.unnamed),
	photos: v.optional(fields.photos)
});

const matterRead = v.object({
	text: tolerant(fields.text),
	category: tolerant(fields.category),
	unnamed: tolerant(fields.unnamed),
	photos: tolerant(fields.photos)
});
export type MatterRead = v.InferOutput<typeof matterRead>;

export function readMatter(body: JsonObject): MatterRead {
	return v.parse(matterRead, body);
}

/** `id`: 8 to 32 of a-z and 0-9, by chance. */
export function matterEntity(scope: Scope, id: string): string {
	return keyedEntity(scope, id);
}

export const matter: Kind = keyedKind({
	name: 'matter',
	body: matterBody,
	levels: ['household', 'courtyard'],
	policy: fieldByField({ '/photos': joinSets }),
	brokenKey: brokenId,
	impersonal: () => undefined
});
