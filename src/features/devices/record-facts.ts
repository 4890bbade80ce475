import { qualityText, streamText } from '#app/check-in-words.ts';
import { readCheckIn } from '#kinds/check-in.ts';
import { readHousehold } from '#kinds/household.ts';
import { m } from '#paraglide/messages.js';
import type { JsonObject } from '#records/json.ts';
import type { Revision } from '#records/revision.ts';

export interface Fact {
	readonly name: string;
	readonly value: string;
}

type View = NonNullable<ReturnType<typeof readCheckIn>['observed']>;

/** What a record says, in words, for whoever decides whether it is taken in. */
export function recordFacts({ kind, body, reason }: Revision): readonly Fact[] {
	if (body === null) return [{ name: m.handover_withdrawn(), value: reason ?? '' }];
	switch (kind) {
		case 'check-in': {
			const { observed, reported } = readCheckIn(body);
			return [...viewFacts(m.day_observed(), observed), ...viewFacts(m.day_reported(), reported)];
		}
		case 'household':
			return householdFacts(body);
		default:
			return plainFacts(body);
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

function householdFacts(body: JsonObject): readonly Fact[] {
	const { number, door, head, phone, people } = readHousehold(body);
	return [
		{ name: m.roster_column_door(), value: door },
		{ name: m.roster_column_number(), value: number },
		{ name: m.roster_column_head(), value: head },
		{ name: m.roster_column_phone(), value: phone },
		{ name: m.roster_column_people(), value: people === undefined ? undefined : String(people) }
	].flatMap(({ name, value }) => (value === undefined ? [] : [{ name, value }]));
}

const names: Readonly<Record<string, () => string>> = {
	name: m.handover_field_name,
	text: m.handover_field_text,
	note: m.field_note,
	photos: m.field_photos,
	points: m.handover_field_points,
	item: m.handover_field_item,
	day: m.office_day,
	hours: m.handover_field_hours
};

/** What people wrote, and numbers; words of the software's own, such as a category's code, say nothing here. */
function plainFacts(body: JsonObject): readonly Fact[] {
	return Object.entries(body).flatMap(([key, value]) => {
		const name = names[key];
		if (!name) return [];
		if (Array.isArray(value)) return [{ name: name(), value: m.handover_photos({ count: value.length }) }];
		return typeof value === 'string' || typeof value === 'number'
			? [{ name: name(), value: String(value) }]
			: [];
	});
}
