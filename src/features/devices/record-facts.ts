import { qualityText, streamText } from '#app/check-in-words.ts';
import { fieldText } from '#app/field-names.ts';
import { valueText, type Wording } from '#app/field-values.ts';
import { factsOf, type Fact } from '#app/record-facts.ts';
import { readCheckIn } from '#kinds/check-in.ts';
import { m } from '#paraglide/messages.js';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '#records/json.ts';
import type { Revision } from '#records/revision.ts';

type View = NonNullable<ReturnType<typeof readCheckIn>['observed']>;

/** What a record says, in words, for whoever decides whether it is taken in. */
export function recordFacts(wording: Wording, { kind, body, reason }: Revision): readonly Fact[] {
	if (body === null) return [{ name: m.handover_withdrawn(), value: reason ?? '' }];
	switch (kind) {
		case 'check-in': {
			const { observed, reported } = readCheckIn(body);
			return [...viewFacts(m.day_observed(), observed), ...viewFacts(m.day_reported(), reported)];
		}
		case 'publication':
			return publicationFacts(wording, body);
		default:
			return factsOf(wording, { kind, body });
	}
}

function viewFacts(whose: string, view: View | undefined): readonly Fact[] {
	if (!view) return [];
	const said = [
		view.quality && qualityText(view.quality),
		view.streams?.map(streamText).join(m.import_list_comma()),
		view.guided && m.value_guided(),
		view.weightKg !== undefined && m.value_weight({ kg: view.weightKg }),
		view.photos && view.photos.length > 0 && m.handover_photos({ count: view.photos.length }),
		view.note
	].filter((part) => typeof part === 'string' && part !== '');
	return [{ name: whose, value: said.join(m.import_part_comma()) }];
}

/** Of minutes every item with all that residents would read of it: elsewhere they are counted. */
function publicationFacts(wording: Wording, { items, ...rest }: JsonObject): readonly Fact[] {
	const each = items !== undefined && isJsonArray(items) ? items : [];
	return [
		...factsOf(wording, { kind: 'publication', body: rest }),
		...each.map((item) => ({
			name: fieldText('publication', '/items'),
			value: saidIn(wording, 'items', item).join(m.trace_semicolon())
		}))
	];
}

function saidIn(wording: Wording, member: string, value: Json): readonly string[] {
	if (isJsonArray(value)) return value.flatMap((part) => saidIn(wording, member, part));
	if (isJsonObject(value))
		return Object.entries(value).flatMap(([name, part]) => saidIn(wording, name, part));
	const text = valueText('publication', `/${member}`, value, wording);
	return [typeof value === 'number' ? `${fieldText('publication', `/${member}`)} ${text}` : text];
}
