import * as v from 'valibot';
import type { JsonObject } from '#records/json.ts';
import { fieldByField } from '#records/merge-policy.ts';
import type { Scope } from '#records/scope.ts';
import { isDay, type Day } from './day.ts';
import { keyedEntity, keyedEntityOf, type Kind } from './kind.ts';
import { keyedKind } from './keyed-kind.ts';
import { tolerant } from './tolerant.ts';

const points = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000));
const cap = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000));

const fields = {
	/** For a day checked in and sorted correctly (分对了). */
	sorted: points,
	/** For a day checked in with mixed waste (混投). */
	mixed: points,
	/** For a council or meeting attended. */
	meeting: points,
	/** For an opinion given. */
	opinion: points,
	/** For each hour volunteered. */
	hour: points,
	/** At most so many a household and day. */
	perDay: cap,
	/** At most so many a household and month. */
	perMonth: cap
};

/** 活力值规则: what a subdistrict gives for which act, from a day on. Caps left out do not limit. */
export const pointsRuleBody = v.partial(v.strictObject(fields));

const pointsRuleRead = v.object({
	sorted: tolerant(fields.sorted),
	mixed: tolerant(fields.mixed),
	meeting: tolerant(fields.meeting),
	opinion: tolerant(fields.opinion),
	hour: tolerant(fields.hour),
	perDay: tolerant(fields.perDay),
	perMonth: tolerant(fields.perMonth)
});
export type PointsRuleRead = v.InferOutput<typeof pointsRuleRead>;

export function readPointsRule(body: JsonObject): PointsRuleRead {
	return v.parse(pointsRuleRead, body);
}

/** One rule for one subdistrict and first day: `qianmen.2026-12-01`. */
export function pointsRuleEntity(subdistrict: Scope, from: Day): string {
	return keyedEntity(subdistrict, from);
}

/** The subdistrict and the first day that a rule's entity names. */
export function pointsRuleOf(
	entity: string
): { readonly subdistrict: Scope; readonly from: Day } | undefined {
	const named = keyedEntityOf(entity);
	return named && isDay(named.key) ? { subdistrict: named.scope, from: named.key } : undefined;
}

export const pointsRule: Kind = keyedKind({
	name: 'points-rule',
	body: pointsRuleBody,
	levels: ['subdistrict'],
	policy: fieldByField(),
	brokenKey: (key) => (isDay(key) ? undefined : 'the key is not the first day'),
	impersonal: (same) => same
});
