import { dayText } from '#app/dates.ts';
import { checkInOf } from '#kinds/check-in.ts';
import { m } from '#paraglide/messages.js';
import { householdAt, householdLabel, placeName } from '#read-models/places.ts';
import { parentScope, type Scope } from '#records/scope.ts';
import type { Revision } from '#records/revision.ts';
import type { RevisionSet } from '#records/revision-set.ts';

/** What a record is about, in words a person knows it by. */
export function recordTitle(records: RevisionSet, revision: Revision, locale: string): string {
	const title = titleOf(records, revision, locale);
	return revision.body === null ? m.sync_removed({ title }) : title;
}

function titleOf(records: RevisionSet, { kind, entity, scope }: Revision, locale: string): string {
	switch (kind) {
		case 'check-in': {
			const named = checkInOf(entity);
			const day = named ? dayText(named.day, locale) : '';
			return m.sync_title_check_in({ place: householdName(records, scope), day });
		}
		case 'household':
			return m.sync_title_household({ place: householdName(records, scope) });
		case 'courtyard':
			return m.sync_title_courtyard({ place: placeName(records, scope) });
		case 'area':
			return m.sync_title_area({ place: placeName(records, scope) });
		default:
			return m.sync_title_other({ kind });
	}
}

/** 草厂三条12号 3号: the courtyard and the door, as far as they are known here. */
function householdName(records: RevisionSet, scope: Scope): string {
	const household = householdAt(records, scope);
	const courtyard = parentScope(scope);
	if (!household || !courtyard) return scope;
	return `${placeName(records, courtyard)} ${householdLabel(household)}`;
}
