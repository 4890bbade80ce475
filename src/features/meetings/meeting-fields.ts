import * as v from 'valibot';
import type { AgendaItem } from '#kinds/agenda-item.ts';
import { byPlace } from '#kinds/clause.ts';
import { meetingBody, type MeetingBody, type MeetingRead } from '#kinds/meeting.ts';
import type { MeetingStage } from '#kinds/meeting-stage.ts';
import { placedInOrder } from '#kinds/place-in-order.ts';
import { asLine, asText } from '#kinds/text.ts';
import { isScope, type Scope } from '#records/scope.ts';
import { councilLevels } from './council-places.ts';

const fields = v.pipe(
	v.object({
		level: v.picklist(councilLevels),
		/** `''`: none yet. */
		at: v.union([v.literal(''), v.custom<Scope>(isScope)]),
		/** null: as the place gives it. */
		title: v.nullable(v.string()),
		/** `''`: none yet; `2026-11-23T` and `T19:00` while the other half is missing. */
		starts: v.string(),
		place: v.string(),
		invited: v.string(),
		chair: v.string(),
		recorder: v.string(),
		/** In order; `place` is the one it had, `''` for what is new or was moved. */
		agenda: v.pipe(
			v.array(v.pipe(v.object({ id: v.string(), place: v.string(), topic: v.string() }), v.readonly())),
			v.readonly()
		)
	}),
	v.readonly()
);

/** What is typed about a meeting. */
export type MeetingFields = v.InferOutput<typeof fields>;

/** Undefined when what was kept is not of this shape. */
export function meetingFieldsKept(kept: unknown): MeetingFields | undefined {
	const parsed = v.safeParse(fields, kept);
	return parsed.success ? parsed.output : undefined;
}

export function fieldsOf(
	{ title, starts, place, invited, chair, recorder, agenda }: MeetingRead,
	{ level, at }: Pick<MeetingFields, 'level' | 'at'>
): MeetingFields {
	return {
		...{ level, at, title: title ?? '', starts: starts ?? '', place: place ?? '' },
		...{ invited: invited ?? '', chair: chair ?? '', recorder: recorder ?? '', agenda }
	};
}

/** As it is written, items without words left out; undefined where something is too long. */
export function meetingBodyOf(
	typed: MeetingFields,
	title: string,
	stage: MeetingStage
): MeetingBody | undefined {
	const lines = { place: asLine(typed.place), chair: asLine(typed.chair), recorder: asLine(typed.recorder) };
	const texts = { ...lines, invited: asText(typed.invited) };
	const parsed = v.safeParse(meetingBody, {
		...{ title: asLine(title), starts: typed.starts, stage },
		...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')),
		agenda: placedAgenda(typed.agenda)
	});
	return parsed.success ? parsed.output : undefined;
}

/** Items in the order given, in places of that order. */
export function placedAgenda(items: readonly AgendaItem[]): readonly AgendaItem[] {
	const kept = items.flatMap((item) => {
		const topic = asLine(item.topic);
		return topic === '' ? [] : [{ ...item, topic }];
	});
	const places = placedInOrder(kept.map(({ place }) => (place === '' ? undefined : place)));
	return kept.map((item, index) => ({ ...item, place: places[index] ?? item.place })).sort(byPlace);
}
