import * as v from 'valibot';
import { isHash } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import { fieldByField } from '#records/merge-policy.ts';
import { joinSets } from '#records/merge-rules.ts';
import { isScope, levelOf, type Scope } from '#records/scope.ts';
import { isDay, monthOf, type Day } from './day.ts';
import { entityOfScope, type Kind } from './kind.ts';
import { longText } from './text.ts';
import { tolerant } from './tolerant.ts';

/** The four streams of Beijing's household waste regulation (in force since 1 May 2020). */
export const streams = ['food', 'recyclable', 'hazardous', 'other'] as const;
export type Stream = (typeof streams)[number];

/** 分对了, 混投, 未分. */
export const qualities = ['correct', 'mixed', 'unsorted'] as const;
export type Quality = (typeof qualities)[number];

const fields = {
	quality: v.picklist(qualities),
	/** Put out that day; each at most once. */
	streams: v.array(v.picklist(streams)),
	/** Whether guidance was given at the door (已指导). */
	guided: v.boolean(),
	note: longText,
	/** Hashes of the photos. */
	photos: v.pipe(v.array(v.custom<string>(isHash)), v.maxLength(6)),
	weightKg: v.pipe(v.number(), v.minValue(0), v.maxValue(1000))
};

const { quality, ...optional } = fields;
const viewWritten = v.strictObject({ quality, ...v.partial(v.strictObject(optional)).entries });
const viewRead = v.object({
	quality: tolerant(fields.quality),
	streams: tolerant(fields.streams),
	guided: tolerant(fields.guided),
	note: tolerant(fields.note),
	photos: tolerant(fields.photos),
	weightKg: tolerant(fields.weightKg)
});

/**
 * A check-in has two views of the same day: what a worker observed at the door, and what the
 * household reported itself. Each is written without the other, and both stand.
 */
export const checkInBody = v.pipe(
	v.strictObject({ observed: v.optional(viewWritten), reported: v.optional(viewWritten) }),
	v.check(({ observed, reported }) => Boolean(observed ?? reported), 'neither observed nor reported')
);
/** As merged: a field in doubt is absent from it. */
const checkInRead = v.object({ observed: tolerant(viewRead), reported: tolerant(viewRead) });

export type CheckInRead = v.InferOutput<typeof checkInRead>;

/** One check-in for one household and one day: `qianmen.caochang.g3.c12.h04.2026-11-23`. */
export function checkInEntity(household: Scope, day: Day): string {
	return `${entityOfScope(household)}.${day}`;
}

/** The household and day a check-in's entity key names, or undefined when it is not one. */
export function checkInOf(entity: string): { readonly household: Scope; readonly day: Day } | undefined {
	const cut = entity.lastIndexOf('.');
	const day = entity.slice(cut + 1);
	const household = entity.slice(0, Math.max(0, cut)).replaceAll('.', '/');
	return isScope(household) && isDay(day) ? { household, day } : undefined;
}

/** The merged body in its type; fields in doubt are absent. */
export function readCheckIn(body: JsonObject): CheckInRead {
	return v.parse(checkInRead, body);
}

export const checkIn: Kind = {
	name: 'check-in',
	body: checkInBody,
	policy: fieldByField({
		'/observed/streams': joinSets,
		'/reported/streams': joinSets,
		'/observed/photos': joinSets,
		'/reported/photos': joinSets
	}),
	brokenRule({ entity, scope }) {
		if (levelOf(scope) !== 'household') return { code: 'body', detail: 'not a household', at: '/scope' };
		const prefix = `${entityOfScope(scope)}.`;
		if (entity.startsWith(prefix) && isDay(entity.slice(prefix.length))) return undefined;
		return { code: 'body', detail: 'not the household and a day', at: '/entity' };
	},
	monthOf(entity) {
		const named = checkInOf(entity);
		return named ? monthOf(named.day) : '';
	}
};
