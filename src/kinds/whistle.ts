import * as v from 'valibot';
import type { JsonObject } from '#records/json.ts';
import { fieldByField } from '#records/merge-policy.ts';
import type { Scope } from '#records/scope.ts';
import { isDay, type Day } from './day.ts';
import { keyedEntity, type Kind } from './kind.ts';
import { brokenPair, keyedKind, pairOf } from './keyed-kind.ts';
import { longText, shortText } from './text.ts';
import { tolerant } from './tolerant.ts';

const day = v.custom<Day>(isDay, 'not a day');

const fields = {
	department: shortText,
	reason: longText,
	/** The day by which the department reports in and answers. */
	due: day,
	/** 报到: who came from the department, and when. */
	reported: v.strictObject({ day, who: shortText }),
	/** What the department says or did. */
	answer: v.strictObject({ day, words: longText })
};

/** 吹哨: a matter is beyond those who have it, and a department is called. */
export const whistleBody = v.strictObject({
	department: fields.department,
	reason: fields.reason,
	due: fields.due,
	reported: v.optional(fields.reported),
	answer: v.optional(fields.answer)
});

const whistleRead = v.object({
	department: tolerant(fields.department),
	reason: tolerant(fields.reason),
	due: tolerant(fields.due),
	reported: tolerant(fields.reported),
	answer: tolerant(fields.answer)
});
export type WhistleRead = v.InferOutput<typeof whistleRead>;

export function readWhistle(body: JsonObject): WhistleRead {
	return v.parse(whistleRead, body);
}

/** `scope`: the matter's. `matter`, `id`: 8 to 32 of a-z and 0-9. */
export function whistleEntity(scope: Scope, matter: string, id: string): string {
	return keyedEntity(scope, `${matter}-${id}`);
}

export function whistleOf(
	entity: string
): { readonly scope: Scope; readonly matter: string; readonly id: string } | undefined {
	const pair = pairOf(entity);
	return pair && { scope: pair.scope, matter: pair.first, id: pair.second };
}

export const whistle: Kind = keyedKind({
	name: 'whistle',
	body: whistleBody,
	levels: ['subdistrict', 'community', 'grid', 'courtyard', 'household'],
	policy: fieldByField({}, ['reported', 'answer']),
	brokenKey: brokenPair,
	impersonal: () => undefined
});
