import { isDay, type Day } from '#kinds/day.ts';
import { isScope, levelOf, levels, type Level, type Scope } from '#records/scope.ts';

/**
 * 街道 or 社区 office, 网格员, 社会组织, 居民, and 公用平板: a tablet in a courtyard on which its households
 * pick themselves. `_admin`, who keeps the server, is no role of the field.
 */
export const roles = ['office', 'worker', 'partner', 'resident', 'tablet'] as const;
export type Role = (typeof roles)[number];

/** A role on a place and all within it; the last day it holds is `until`. */
export interface Grant {
	readonly role: Role;
	readonly scope: Scope;
	readonly until?: Day;
}

/** The places a role can be held on. */
const levelsOf: Readonly<Record<Role, readonly Level[]>> = {
	office: ['subdistrict', 'community'],
	worker: levels.slice(0, 4),
	partner: levels.slice(0, 4),
	resident: ['household'],
	tablet: ['courtyard']
};

export function isGrantable(role: Role, scope: Scope): boolean {
	return levelsOf[role].includes(levelOf(scope));
}

/**
 * A grant as it stands in `roles` of a CouchDB user document: `worker:qianmen/caochang/g3`, with an end
 * `worker:qianmen/caochang/g3@2026-12-31`. Other roles (`_admin`) are not grants.
 */
export function parseGrant(text: string): Grant | undefined {
	const [, name, scope, until] = /^([a-z]+):([^@]+)(?:@(.+))?$/.exec(text) ?? [];
	const role = roles.find((known) => known === name);
	if (!role || !isScope(scope) || !isGrantable(role, scope)) return undefined;
	if (until === undefined) return { role, scope };
	return isDay(until) ? { role, scope, until } : undefined;
}

/** All grants among a user's roles, those that have ended too. */
export function grantsOf(userRoles: readonly string[]): readonly Grant[] {
	return userRoles.flatMap((text) => parseGrant(text) ?? []);
}

export function formatGrant({ role, scope, until }: Grant): string {
	return until === undefined ? `${role}:${scope}` : `${role}:${scope}@${until}`;
}

/** The roles that hold on `day`: grants that have ended are left out, everything else is kept. */
export function rolesOn(userRoles: readonly string[], day: Day): readonly string[] {
	return userRoles.filter((text) => {
		const until = parseGrant(text)?.until;
		return until === undefined || day <= until;
	});
}
