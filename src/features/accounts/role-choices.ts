import { formatGrant, isGrantable, type Grant, type Role } from '#access/grant.ts';
import { mayManage } from '#access/managing.ts';
import { placesIn, type Place } from '#read-models/places.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { isWithin, levelOf, parentScope, type Scope } from '#records/scope.ts';

/** The roles an office gives to people; residents and tablets get theirs by a card. */
export const staffRoles = ['worker', 'partner', 'office'] as const satisfies readonly Role[];
export type StaffRole = (typeof staffRoles)[number];

/** The places of an account's offices, each within none of the others. */
export function officeBases(grants: readonly Grant[]): readonly Scope[] {
	const places = [...new Set(grants.flatMap(({ role, scope }) => (role === 'office' ? [scope] : [])))];
	return places.filter((scope) => !places.some((other) => other !== scope && isWithin(scope, other))).sort();
}

/** The roles that may be given anywhere within the account's offices: a community office names no offices. */
export function grantableRoles(grants: readonly Grant[]): readonly StaffRole[] {
	const bases = officeBases(grants);
	return staffRoles.filter(
		(role) => role !== 'office' || bases.some((scope) => mayGrant(grants, role, scope))
	);
}

export function mayGrant(grants: readonly Grant[], role: Role, scope: Scope): boolean {
	return isGrantable(role, scope) && mayManage(grants, [formatGrant({ role, scope })]);
}

/** The places right within `scope` that the role can be given on, by name. */
export function placesBelow(
	records: RevisionSet,
	scope: Scope,
	role: Role,
	grants: readonly Grant[],
	collator: Intl.Collator
): readonly Place[] {
	if (levelOf(scope) === 'household') return [];
	return placesIn(records, [scope])
		.filter((place) => parentScope(place.scope) === scope && mayGrant(grants, role, place.scope))
		.sort((one, other) => collator.compare(one.name, other.name));
}

/** `scope` and the places it lies in, as far as `base`, from the outside in. */
export function wayTo(scope: Scope, base: Scope): readonly Scope[] {
	const parent = parentScope(scope);
	return scope === base || !parent ? [scope] : [...wayTo(parent, base), scope];
}
