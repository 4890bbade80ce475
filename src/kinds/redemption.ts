import * as v from 'valibot';
import type { JsonObject } from '#records/json.ts';
import { fieldByField } from '#records/merge-policy.ts';
import type { Scope } from '#records/scope.ts';
import { isDay, type Day } from './day.ts';
import { keyedEntity, keyedEntityOf, type Kind } from './kind.ts';
import { brokenId, keyedKind } from './keyed-kind.ts';
import { shortText } from './text.ts';
import { tolerant } from './tolerant.ts';

const fields = {
	points: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000)),
	/** What was handed out. */
	item: shortText,
	day: v.custom<Day>(isDay, 'not a day'),
	/** The office lets it stand although the balance did not suffice. */
	settled: v.literal('allowed')
};

/** 兑换: points given up for something. Withdrawn with a reason when it is taken back. */
export const redemptionBody = v.strictObject({
	points: fields.points,
	item: fields.item,
	day: fields.day,
	settled: v.optional(fields.settled)
});

const redemptionRead = v.object({
	points: tolerant(fields.points),
	item: tolerant(fields.item),
	day: tolerant(fields.day),
	settled: tolerant(fields.settled)
});
export type RedemptionRead = v.InferOutput<typeof redemptionRead>;

export function readRedemption(body: JsonObject): RedemptionRead {
	return v.parse(redemptionRead, body);
}

/** `id`: 8 to 32 of a-z and 0-9, by chance. */
export function redemptionEntity(household: Scope, id: string): string {
	return keyedEntity(household, id);
}

export function redemptionOf(entity: string): Scope | undefined {
	return keyedEntityOf(entity)?.scope;
}

export const redemption: Kind = keyedKind({
	name: 'redemption',
	body: redemptionBody,
	levels: ['household'],
	policy: fieldByField(),
	brokenKey: brokenId,
	confirming: ['settled'],
	impersonal: ({ item: _item, ...counted }) => ({ ...counted, item: '—' })
});
