import * as v from 'valibot';
import { isHash } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import { fieldByField, type MergeField } from '#records/merge-policy.ts';
import { joinTexts } from '#records/merge-rules.ts';
import type { Scope } from '#records/scope.ts';
import { keyedEntity, type Kind } from './kind.ts';
import { brokenPair, keyedKind, pairOf } from './keyed-kind.ts';
import { longText, shortText } from './text.ts';

/** 赞成, 反对, 中立: where someone who spoke stands. */
export const stances = ['for', 'against', 'neutral'] as const;
export type Stance = (typeof stances)[number];

/** 居民, 单位, 来宾. Households are there as records about them. */
export const attendeeTypes = ['household', 'person', 'organisation', 'guest'] as const;
export type AttendeeType = (typeof attendeeTypes)[number];

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000));
/** The id of the item of the agenda it belongs to. */
const item = v.pipe(v.string(), v.regex(/^[a-z0-9]{8,32}$/));
/** When it was said, by the clock of the phone it was taken down on: ISO 8601 in UTC. Edits leave it. */
const at = v.pipe(v.string(), v.isoTimestamp());

/**
 * One thing taken down in a meeting. `attendance` 到会: someone is there; `who` came for a household is optional.
 * `said` 发言: what someone said, in a short line. `count` 举手: a show of hands. `resolution` 决议. `photo` 照片.
 * What the meeting gave someone to do is a matter of its own.
 */
export const minuteBody = v.variant('about', [
	v.pipe(
		v.strictObject({
			about: v.literal('attendance'),
			as: v.picklist(attendeeTypes),
			who: v.exactOptional(shortText),
			at
		}),
		v.check(({ as, who }) => as === 'household' || who !== undefined, 'nobody')
	),
	v.strictObject({
		about: v.literal('said'),
		item,
		at,
		who: v.exactOptional(shortText),
		stance: v.exactOptional(v.picklist(stances)),
		words: longText
	}),
	v.strictObject({
		about: v.literal('count'),
		item,
		at,
		/** What hands were raised for. */
		words: longText,
		for: count,
		against: count,
		abstain: count
	}),
	v.strictObject({ about: v.literal('resolution'), item, at, words: longText }),
	v.strictObject({
		about: v.literal('photo'),
		item: v.exactOptional(item),
		at,
		photo: v.custom<string>(isHash, 'not a hash'),
		words: v.exactOptional(longText)
	})
]);
export type MinuteBody = v.InferOutput<typeof minuteBody>;

/** Undefined where it cannot be read: a part of it is in doubt, or a later version wrote it. */
export function readMinute(body: JsonObject): MinuteBody | undefined {
	const parsed = v.safeParse(minuteBody, body);
	return parsed.success ? parsed.output : undefined;
}

/**
 * `scope`: of the household that is there or speaks, so that its data can be erased; otherwise the meeting's.
 * `id`: 8 to 32 of a-z and 0-9, by chance; a household's attendance has `attendanceId`, so that two phones make one.
 */
export function minuteEntity(scope: Scope, meeting: string, id: string): string {
	return keyedEntity(scope, `${meeting}-${id}`);
}

export const attendanceId = 'attendance';

export function minuteOf(
	entity: string
): { readonly scope: Scope; readonly meeting: string; readonly id: string } | undefined {
	const pair = pairOf(entity);
	return pair && { scope: pair.scope, meeting: pair.first, id: pair.second };
}

/** Of two phones that took the same down, the first to do so says when it was. */
const earliest: MergeField = (_base, sides) => {
	const [first] = sides.flatMap((side) => (typeof side === 'string' ? side : [])).sort();
	return first === undefined ? undefined : { value: first };
};

export const minute: Kind = keyedKind({
	name: 'minute',
	body: minuteBody,
	levels: ['subdistrict', 'community', 'courtyard', 'household'],
	policy: fieldByField({ '/words': joinTexts, '/at': earliest }),
	brokenKey: brokenPair,
	impersonal(body) {
		const { about, words, ...rest } = body;
		const counted = Object.entries(rest).filter(([member]) => member !== 'who');
		if (about === 'attendance') return Object.fromEntries([['about', about], ...counted]);
		if (about !== 'said') return undefined;
		return { about, ...Object.fromEntries(counted), ...(words !== undefined && { words: '—' }) };
	}
});
