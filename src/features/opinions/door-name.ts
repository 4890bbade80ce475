import { householdAt, householdLabel, placeName } from '#read-models/places.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { parentScope, type Scope } from '#records/scope.ts';

/** 草厂三条12号 4号; the last step of its path where the roster is not here. */
export function doorName(records: RevisionSet, household: Scope): string {
	const known = householdAt(records, household);
	const courtyard = parentScope(household);
	const door = known ? householdLabel(known) : household.slice(household.lastIndexOf('/') + 1);
	return courtyard ? `${placeName(records, courtyard)} ${door}` : door;
}
