import { householdAt, householdLabel, placeName } from '#read-models/places.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { levelOf, parentScope, type Scope } from '#records/scope.ts';

/** 草厂社区 第三网格: the names on the way to a place, without the subdistrict that all of them share. */
export function placePath(records: RevisionSet, scope: Scope): string {
	const parent = parentScope(scope);
	const name = nameOf(records, scope);
	return parent && parentScope(parent) ? `${placePath(records, parent)} ${name}` : name;
}

function nameOf(records: RevisionSet, scope: Scope): string {
	if (levelOf(scope) !== 'household') return placeName(records, scope);
	const household = householdAt(records, scope);
	return household ? householdLabel(household) : scope.slice(scope.lastIndexOf('/') + 1);
}
