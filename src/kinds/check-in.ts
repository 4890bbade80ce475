import * as v from 'valibot';
import { isHash } from '#records/hash.ts';
import { isJsonObject, type JsonObject } from '#records/json.ts';
import { fieldByField } from '#records/merge-policy.ts';
import { joinSets } from '#records/merge-rules.ts';
import type { Scope } from '#records/scope.ts';
import { isDay, monthOf, type Day } from './day.ts';
import { keyedEntity, keyedEntityOf, type Kind } from './kind.ts';
import { keyedKind } from './keyed-kind.ts';
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
	return keyedEntity(household, day);
}

/** The household and day a check-in's entity key names, or undefined when it is not one. */
export function checkInOf(entity: string): { readonly household: Scope; readonly day: Day } | undefined {
	const named = keyedEntityOf(entity);
	return named && isDay(named.key) ? { household: named.scope, day: named.key } : undefined;
}

/** The merged body in its type; fields in doubt are absent. */
export function readCheckIn(body: JsonObject): CheckInRead {
	return v.parse(checkInRead, body);
}

export const checkIn: Kind = keyedKind({
	name: 'check-in',
	body: checkInBody,
	levels: ['household'],
	policy: fieldByField({
		'/observed/streams': joinSets,
		'/reported/streams': joinSets,
		'/observed/photos': joinSets,
		'/reported/photos': joinSets
	}),
	brokenKey: (key) => (isDay(key) ? undefined : 'not the household and a day'),
	monthOf: (key) => (isDay(key) ? monthOf(key) : ''),
	// What a household reports, a worker confirms at the door.
	confirming: ['observed'],
	impersonal: (body) => withoutWords(body)
});

/** A check-in as it counts: without notes and photos. */
function withoutWords(body: JsonObject): JsonObject {
	return Object.fromEntries(
		Object.entries(body).map(([name, view]) => [name, isJsonObject(view) ? counted(view) : view])
	);
}

function counted({ note: _note, photos: _photos, ...view }: JsonObject): JsonObject {
	return view;
}
