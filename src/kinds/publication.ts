import * as v from 'valibot';
import { isHash, type Hash } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import { fieldByField } from '#records/merge-policy.ts';
import type { Scope } from '#records/scope.ts';
import { isDay, type Day } from './day.ts';
import { keyedEntity, keyedEntityOf, type Kind } from './kind.ts';
import { brokenId, keyedKind } from './keyed-kind.ts';
import { matterCategories } from './matter-category.ts';
import { matterStageNames } from './matter-stage.ts';
import { longText, shortText } from './text.ts';

const day = v.custom<Day>(isDay, 'not a day');
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000));
const clockTime = v.pipe(v.string(), v.isoDateTime());

const meeting = { title: shortText, place: v.exactOptional(shortText), starts: clockTime };

const publishedItem = v.strictObject({
	topic: shortText,
	/** Without the names of who spoke. */
	said: v.exactOptional(v.pipe(v.array(longText), v.maxLength(500))),
	counts: v.exactOptional(
		v.pipe(
			v.array(v.strictObject({ words: longText, for: count, against: count, abstain: count })),
			v.maxLength(50)
		)
	),
	resolutions: v.exactOptional(v.pipe(v.array(longText), v.maxLength(50))),
	/** What was given to whom, and by when. */
	actions: v.exactOptional(
		v.pipe(
			v.array(
				v.strictObject({ words: longText, owner: v.exactOptional(shortText), due: v.exactOptional(day) })
			),
			v.maxLength(50)
		)
	)
});

/**
 * 公开: what residents see of a meeting or a matter, word for word as an office or a worker chose to show it. They
 * see nothing else of it. Written anew when it goes on; withdrawn, it is no longer shown.
 */
export const publicationBody = v.variant('about', [
	v.strictObject({
		about: v.literal('announcement'),
		...meeting,
		agenda: v.pipe(v.array(shortText), v.maxLength(100)),
		words: v.exactOptional(longText),
		/** It was called off. */
		cancelled: v.exactOptional(v.literal(true))
	}),
	v.strictObject({
		about: v.literal('minutes'),
		...meeting,
		/** When the minutes were filed, until when who was there may object, when they were confirmed. */
		filed: day,
		until: day,
		confirmed: v.exactOptional(day),
		/** The hash of the filing, to compare with the paper. */
		filing: v.custom<Hash>(isHash, 'not a hash'),
		/** How many were there. */
		households: count,
		others: count,
		items: v.pipe(v.array(publishedItem), v.maxLength(100))
	}),
	v.strictObject({
		about: v.literal('matter'),
		words: longText,
		/** The heads of the matter that whoever published it had seen. */
		seen: v.exactOptional(v.pipe(v.array(v.custom<Hash>(isHash, 'not a hash')), v.maxLength(100))),
		category: v.exactOptional(v.picklist(matterCategories)),
		/** Absent where whoever raised it wishes not to be named. */
		raisedBy: v.exactOptional(shortText),
		raised: day,
		stage: v.picklist(matterStageNames),
		decision: v.exactOptional(longText),
		owner: v.exactOptional(shortText),
		due: v.exactOptional(day),
		result: v.exactOptional(longText),
		closed: v.exactOptional(day),
		/** Households may rate what was done in this round. */
		round: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(99)))
	})
]);
export type PublicationBody = v.InferOutput<typeof publicationBody>;
export type PublicationAbout = PublicationBody['about'];

/** Undefined where it cannot be read: a part of it is in doubt, or a later version wrote it. */
export function readPublication(body: JsonObject): PublicationBody | undefined {
	const parsed = v.safeParse(publicationBody, body);
	return parsed.success ? parsed.output : undefined;
}

/**
 * One to a subject: `qianmen.caochang.g3.c12.<meeting>-minutes`. `scope`: whose residents see it, a courtyard or
 * more. `subject`: the id of the meeting or the matter, which does not tell the household that raised it.
 */
export function publicationEntity(scope: Scope, subject: string, about: PublicationAbout): string {
	return keyedEntity(scope, `${subject}-${about}`);
}

export function publicationOf(
	entity: string
): { readonly scope: Scope; readonly subject: string; readonly about: string } | undefined {
	const named = keyedEntityOf(entity);
	const [, subject, about] = keyPattern.exec(named?.key ?? '') ?? [];
	return named && subject !== undefined && about !== undefined
		? { scope: named.scope, subject, about }
		: undefined;
}

const keyPattern = /^([a-z0-9]{8,32})-(announcement|minutes|matter)$/;

export const publication: Kind = keyedKind({
	name: 'publication',
	body: publicationBody,
	levels: ['subdistrict', 'community', 'grid', 'courtyard'],
	policy: fieldByField({}, []),
	brokenKey(key, body) {
		const [, subject = '', about] = keyPattern.exec(key) ?? [];
		if (about === undefined) return 'not a subject and what it is about';
		if (body !== null && body['about'] !== about) return 'about something else than its key says';
		return brokenId(subject);
	},
	// What someone raised is in their words, and may be under their name.
	impersonal: (body) => (body['about'] === 'matter' ? undefined : body)
});
