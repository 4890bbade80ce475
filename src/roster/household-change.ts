import type { JsonObject } from '#records/json.ts';
import { householdFields, sameField, type HouseholdField } from './household-rows.ts';
import type { KnownPlace } from './known-place.ts';
import { note, type Note } from './note.ts';
import type { HouseholdCells } from './roster.ts';

/** What a household's rows change in what is known of it; without a `body` nothing is written. */
export interface Change {
	readonly outcome: 'new' | 'changed' | 'unchanged' | 'refused';
	readonly fields: readonly HouseholdField[];
	readonly notes: readonly Note[];
	readonly body?: JsonObject;
}

export function changeOf(cells: HouseholdCells, known: KnownPlace | undefined): Change {
	const fields = householdFields.filter((field) => cells[field] !== undefined);
	if (!known?.body) {
		const notes = known ? [note('household_restored')] : [];
		return { outcome: 'new', fields, notes, body: { ...cells } };
	}
	const before = known.body;
	const changed = fields.filter((field) => !sameField(field, before, cells));
	if (changed.length === 0) return { outcome: 'unchanged', fields: [], notes: [] };
	// A revision on top of both heads would settle what the file says nothing about.
	const open = known.doubts
		.map((path) => path.slice(1))
		.filter((field) => !changed.some((one) => one === field));
	if (open.length > 0) {
		return { outcome: 'refused', fields: [], notes: [note('in_doubt', { columns: open.join() })] };
	}
	const news = Object.fromEntries(changed.flatMap((field) => entry(field, cells[field])));
	return { outcome: 'changed', fields: changed, notes: [], body: { ...before, ...news } };
}

function entry(field: string, value: string | number | undefined): [string, string | number][] {
	return value === undefined ? [] : [[field, value]];
}
