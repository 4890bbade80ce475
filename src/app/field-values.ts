import * as v from 'valibot';
import { valueText as checkInValueText } from './check-in-fields.ts';
import { clockText, instantText, shortDayText } from './dates.ts';
import { placePath } from './place-path.ts';
import { isDay } from '#kinds/day.ts';
import { meetingOf } from '#kinds/meeting.ts';
import { m } from '#paraglide/messages.js';
import { meetingState } from '#read-models/meeting-state.ts';
import { canonicalJson } from '#records/canonical-json.ts';
import { isJsonObject, type Json } from '#records/json.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { isScope } from '#records/scope.ts';
import { memberOf } from './field-names.ts';
import { stageValueText } from './stage-values.ts';
import { choiceText } from './value-words.ts';

/** What the words of a value depend on. */
export interface Wording {
	readonly records: RevisionSet;
	readonly locale: string;
}

/** A field's value in words; undefined: left empty. What a later version wrote is shown as it is. */
export function valueText(kind: string, path: string, value: Json | undefined, wording: Wording): string {
	if (kind === 'check-in') return checkInValueText(path, value);
	const member = memberOf(path);
	if (member === 'stage') return stageValueText(kind, value, wording.locale);
	if (value === undefined) return m.value_none();
	if (member === 'photo' || member === 'signature') return m.trace_attached();
	if (member === 'photos' && isList(value)) return m.value_photos({ count: value.length });
	if (member === 'lines' && isList(value)) return m.trace_count_items({ count: value.length });
	if (member === 'from' && isJsonObject(value)) return meetingText(value['meeting'], wording);
	if (member === 'meetings' && isList(value))
		return value.map((meeting) => meetingText(meeting, wording)).join(m.list_comma());
	if (typeof value === 'string') return choiceText(kind, member, value) ?? wordsText(value, wording);
	if (!isJsonObject(value)) return plainText(value, wording);
	const said = spoken.flatMap((part) => value[part] ?? []);
	return said
		.map((part) => (typeof part === 'string' && choiceText(kind, member, part)) || plainText(part, wording))
		.join(m.list_comma());
}

/** What the meeting of this entity is called, or whose it was where it is not held here. */
function meetingText(meeting: Json | undefined, { records }: Wording): string {
	const entity = typeof meeting === 'string' ? meeting : '';
	const title = meetingState(records, entity)?.read.title;
	if (title !== undefined) return title;
	const scope = meetingOf(entity)?.scope;
	return scope ? m.trace_sync_meeting_gone({ place: placePath(records, scope) }) : entity;
}

/** Times and places as people say them; all else as it was written. */
function wordsText(value: string, { records, locale }: Wording): string {
	if (isDay(value)) return shortDayText(value, locale);
	if (isClockTime(value)) return clockText(value, locale);
	if (isInstant(value)) return instantText(value, locale);
	return value.includes('/') && isScope(value) ? placePath(records, value) : value;
}

function isClockTime(value: string): boolean {
	return v.safeParse(v.pipe(v.string(), v.isoDateTime()), value).success;
}

function isInstant(value: string): boolean {
	return v.safeParse(v.pipe(v.string(), v.isoTimestamp()), value).success;
}

function plainText(value: Json, wording: Wording): string {
	if (typeof value === 'boolean') return value ? m.trace_yes() : m.trace_no();
	if (typeof value === 'string') return wordsText(value, wording);
	if (isList(value))
		return value.every((item) => typeof item === 'string')
			? value.map((item) => wordsText(item, wording)).join(m.list_comma())
			: m.trace_count_items({ count: value.length });
	return canonicalJson(value);
}

/** What people say in something of several parts: a clause, an item of an agenda, whom is waited for. */
const spoken = ['type', 'name', 'heading', 'topic', 'text', 'for', 'who', 'words', 'day', 'until'];

function isList(value: Json): value is readonly Json[] {
	return Array.isArray(value);
}
