import { isScope, type Scope } from '#records/scope.ts';

/** Roles so far: an office (of a subdistrict or a community) and a grid worker. */
export const roles = ['office', 'worker'] as const;
export type Role = (typeof roles)[number];

/** A role on a place and all within it. */
export interface Grant {
	readonly role: Role;
	readonly scope: Scope;
}

/**
 * A grant as it stands in `roles` of a CouchDB user document: `worker:qianmen/caochang/g3`.
 * Other roles (`_admin`) are not grants.
 */
export function parseGrant(text: string): Grant | undefined {
	const cut = text.indexOf(':');
	const scope = text.slice(cut + 1);
	const role = roles.find((known) => known === text.slice(0, cut));
	return role && isScope(scope) ? { role, scope } : undefined;
}

export function grantsOf(userRoles: readonly string[]): readonly Grant[] {
	return userRoles.flatMap((text) => parseGrant(text) ?? []);
}

export function formatGrant({ role, scope }: Grant): string {
	return `${role}:${scope}`;
}
