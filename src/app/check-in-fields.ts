import { qualityText, streamText } from './check-in-words.ts';
import { qualities, streams } from '#kinds/check-in.ts';
import { m } from '#paraglide/messages.js';
import { canonicalJson } from '#records/canonical-json.ts';
import { isJsonObject, type Json } from '#records/json.ts';

/** What people call a field of a check-in, by its JSON Pointer: `/observed/quality` is 分类情况. */
export function fieldText(path: string): string {
	const field = nameOf(path.slice(path.lastIndexOf('/') + 1));
	return path.startsWith('/reported/') ? m.field_reported({ field }) : field;
}

function nameOf(field: string): string {
	switch (field) {
		case 'quality':
			return m.field_quality();
		case 'streams':
			return m.field_streams();
		case 'guided':
			return m.field_guided();
		case 'note':
			return m.field_note();
		case 'photos':
			return m.field_photos();
		case 'weightKg':
			return m.field_weight();
		case '':
			return m.field_all();
		default:
			return field;
	}
}

/** A field's value in words; undefined: left empty. What a later version wrote is shown as it is. */
export function valueText(path: string, value: Json | undefined): string {
	if (value === undefined) return m.value_none();
	if (path === '') return bodyText(value);
	const field = path.slice(path.lastIndexOf('/') + 1);
	if (field === 'guided') return value === true ? m.value_guided() : m.value_not_guided();
	if (field === 'photos' && Array.isArray(value)) return m.value_photos({ count: value.length });
	if (field === 'weightKg' && typeof value === 'number') return m.value_weight({ kg: value });
	if (field === 'streams' && Array.isArray(value)) return value.map(wordText).join(m.list_comma());
	return wordText(value);
}

function bodyText(body: Json): string {
	if (!isJsonObject(body)) return wordText(body);
	const views = [body['observed'], body['reported']].filter((view) => isJsonObject(view));
	return views.map((view) => wordText(view['quality'] ?? '')).join(m.list_comma());
}

function wordText(value: Json): string {
	const quality = qualities.find((known) => known === value);
	if (quality) return qualityText(quality);
	const stream = streams.find((known) => known === value);
	if (stream) return streamText(stream);
	return typeof value === 'string' ? value : canonicalJson(value);
}
