import * as v from 'valibot';
import type { JsonObject } from '#records/json.ts';
import type { Scope } from '#records/scope.ts';
import { agendaItem } from './agenda-item.ts';
import { byPlace } from './clause.ts';
import { joinClauses } from './clause-merging.ts';
import { itemsById } from './items-by-id.ts';
import { keyedEntity, keyedEntityOf, type Kind } from './kind.ts';
import { brokenId, keyedKind } from './keyed-kind.ts';
import { filedBeforeEnd, filingOf, meetingStageBody, meetingStageNameOf } from './meeting-stage.ts';
import { longText, shortText } from './text.ts';
import { tolerant } from './tolerant.ts';

/** So many items one may add up to. */
export const maxAgendaItems = 30;

/** A time of the clock in Beijing, to the minute: `2026-11-23T19:00`. */
const clockTime = v.pipe(v.string(), v.isoDateTime());

const fields = {
	title: shortText,
	/** Where it is held, in words. */
	place: shortText,
	starts: clockTime,
	/** Who is asked to come, in words. */
	invited: longText,
	chair: shortText,
	recorder: shortText,
	agenda: v.pipe(
		v.array(agendaItem),
		v.maxLength(100),
		v.check((all) => new Set(all.map(({ id }) => id)).size === all.length, 'two items with one id'),
		v.check(
			(all) => all.every((one, index) => index === 0 || byPlace(all[index - 1] ?? one, one) <= 0),
			'not in the order of their places'
		)
	),
	stage: meetingStageBody
};

/** 议事会: a council of a courtyard, a community or the subdistrict, from its announcement to its confirmed minutes. */
export const meetingBody = v.strictObject({
	title: fields.title,
	place: v.exactOptional(fields.place),
	starts: fields.starts,
	invited: v.exactOptional(fields.invited),
	chair: v.exactOptional(fields.chair),
	recorder: v.exactOptional(fields.recorder),
	agenda: fields.agenda,
	stage: fields.stage
});
export type MeetingBody = v.InferOutput<typeof meetingBody>;

const meetingRead = v.object({
	title: tolerant(fields.title),
	place: tolerant(fields.place),
	starts: tolerant(fields.starts),
	invited: tolerant(fields.invited),
	chair: tolerant(fields.chair),
	recorder: tolerant(fields.recorder),
	agenda: v.fallback(v.array(v.fallback(v.nullable(v.object(agendaItem.entries)), null)), []),
	stage: tolerant(fields.stage)
});

/** As merged: what is in doubt is absent, an item of the agenda too. */
export type MeetingRead = Omit<v.InferOutput<typeof meetingRead>, 'agenda'> & Pick<MeetingBody, 'agenda'>;

export function readMeeting(body: JsonObject): MeetingRead {
	const { agenda, ...rest } = v.parse(meetingRead, body);
	return { ...rest, agenda: agenda.flatMap((item) => item ?? []) };
}

/** `id`: 8 to 32 of a-z and 0-9, by chance. */
export function meetingEntity(scope: Scope, id: string): string {
	return keyedEntity(scope, id);
}

export function meetingOf(entity: string): { readonly scope: Scope; readonly id: string } | undefined {
	const named = keyedEntityOf(entity);
	return named && { scope: named.scope, id: named.key };
}

const keyed = keyedKind({
	name: 'meeting',
	body: meetingBody,
	levels: ['subdistrict', 'community', 'courtyard'],
	policy: itemsById({ list: 'agenda', mergeItem: joinClauses, whole: ['stage'], rules: {} }),
	brokenKey: brokenId,
	stage: { member: 'stage', nameOf: meetingStageNameOf, lasting: filingOf, ends: 'confirmed' },
	impersonal: (same) => same
});

export const meeting: Kind = {
	...keyed,
	brokenRule(content) {
		return filedBeforeEnd(content.body?.['stage'])
			? { code: 'body', detail: 'filed before the day it ended', at: '/body/stage/filing/day' }
			: keyed.brokenRule(content);
	}
};
