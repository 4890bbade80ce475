import * as v from 'valibot';
import { clockText, instantText } from '#app/dates.ts';
import { meetingStageText } from '#app/meeting-words.ts';
import { agendaItem } from '#kinds/agenda-item.ts';
import { readMeeting } from '#kinds/meeting.ts';
import { meetingStageBody } from '#kinds/meeting-stage.ts';
import { m } from '#paraglide/messages.js';
import { getLocale } from '#paraglide/runtime.js';
import { isJsonObject, type Json } from '#records/json.ts';

/** What people call a part of a meeting, by its JSON Pointer. */
export function meetingFieldText(path: string): string {
	if (path.startsWith('/agenda/')) return m.meetings_item();
	switch (path) {
		case '/title':
			return m.meetings_field_title();
		case '/starts':
			return m.meetings_field_starts();
		case '/place':
			return m.meetings_field_place();
		case '/invited':
			return m.meetings_field_invited();
		case '/chair':
			return m.meetings_field_chair();
		case '/recorder':
			return m.meetings_field_recorder();
		case '/stage':
			return m.meetings_field_stage();
		default:
			return m.meetings_title();
	}
}

/** A part as someone has it; undefined: they left it out. */
export function meetingValueText(path: string, value: Json | undefined): string {
	if (value === undefined) return m.meetings_value_none();
	if (path === '') return readMeeting(isJsonObject(value) ? value : {}).title ?? '';
	if (path.startsWith('/agenda/') && v.is(agendaItem, value)) return value.topic;
	if (path === '/stage') return stageValueText(value);
	if (path === '/starts' && typeof value === 'string') return clockText(value, getLocale());
	return typeof value === 'string' ? value : m.meetings_value_other();
}

/** 开会记录 · 11月23日 19:02 */
function stageValueText(value: Json): string {
	const parsed = v.safeParse(meetingStageBody, value);
	if (!parsed.success) return m.meetings_value_other();
	const stage = parsed.output;
	const since = 'ended' in stage ? stage.ended : 'began' in stage ? stage.began : undefined;
	const name = meetingStageText(stage.name);
	return since === undefined ? name : `${name} · ${instantText(since, getLocale())}`;
}
