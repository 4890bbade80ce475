import type { KnownDevice } from '#access/devices-api.ts';
import { grantsOf } from '#access/grant.ts';
import { isWithin, type Scope } from '#records/scope.ts';

/**
 * The devices that joined by a card of `scope` or of a place within it and may still come in, the last that did
 * first.
 */
export function joinedTo(devices: readonly KnownDevice[], scope: Scope): readonly KnownDevice[] {
	return devices
		.filter(({ roles = [], revoked, closed }) => !revoked && !closed && isOf(roles, scope))
		.toSorted((one, other) => (one.lastContact < other.lastContact ? 1 : -1));
}

function isOf(roles: readonly string[], scope: Scope): boolean {
	const grants = grantsOf(roles);
	return (
		grants.length > 0 &&
		grants.every((grant) => ['resident', 'tablet'].includes(grant.role) && isWithin(grant.scope, scope))
	);
}
