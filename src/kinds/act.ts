import * as v from 'valibot';
import type { JsonObject } from '#records/json.ts';
import { fieldByField } from '#records/merge-policy.ts';
import type { Scope } from '#records/scope.ts';
import { isDay, monthOf, type Day } from './day.ts';
import { keyedEntity, keyedEntityOf, type Kind } from './kind.ts';
import { keyedKind } from './keyed-kind.ts';
import { shortText } from './text.ts';
import { tolerant } from './tolerant.ts';

/** Came to a meeting 参加议事, gave an opinion 提出意见, volunteered 志愿服务. */
export const actTypes = ['meeting', 'opinion', 'volunteering'] as const;
export type ActType = (typeof actTypes)[number];

const fields = {
	act: v.picklist(actTypes),
	/** Hours volunteered, in halves. */
	hours: v.pipe(v.number(), v.minValue(0.5), v.maxValue(24), v.multipleOf(0.5)),
	note: shortText
};

/** 参与: what a household took part in on a day, besides its check-in. */
export const actBody = v.pipe(
	v.strictObject({ act: fields.act, hours: v.optional(fields.hours), note: v.optional(fields.note) }),
	v.check(
		({ act, hours }) => (act === 'volunteering') === (hours !== undefined),
		'hours are for volunteering'
	)
);

const actRead = v.object({
	act: tolerant(fields.act),
	hours: tolerant(fields.hours),
	note: tolerant(fields.note)
});
export type ActRead = v.InferOutput<typeof actRead>;

export function readAct(body: JsonObject): ActRead {
	return v.parse(actRead, body);
}

const keyPattern = /^(\d{4}-\d{2}-\d{2})-[a-z0-9]{8,32}$/;

/** `id`: 8 to 32 of a-z and 0-9, by chance: `qianmen.caochang.g3.c12.h04.2026-11-23-k3v9x0ab`. */
export function actEntity(household: Scope, day: Day, id: string): string {
	return keyedEntity(household, `${day}-${id}`);
}

export function actOf(entity: string): { readonly household: Scope; readonly day: Day } | undefined {
	const named = keyedEntityOf(entity);
	const day = named && dayIn(named.key);
	return named && day && { household: named.scope, day };
}

function dayIn(key: string): Day | undefined {
	const day = keyPattern.exec(key)?.[1];
	return isDay(day) ? day : undefined;
}

export const act: Kind = keyedKind({
	name: 'act',
	body: actBody,
	levels: ['household'],
	policy: fieldByField(),
	brokenKey: (key) => (dayIn(key) ? undefined : 'the key is not a day and an id'),
	monthOf(key) {
		const day = dayIn(key);
		return day ? monthOf(day) : '';
	},
	impersonal: ({ note: _note, ...counted }) => counted
});
