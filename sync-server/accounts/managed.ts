import type { ManagedAccount } from '#access/accounts-api.ts';
import { grantsOf, parseGrant } from '#access/grant.ts';
import { mayIssueCard, mayManage } from '#access/managing.ts';
import type { JsonObject } from '#records/json.ts';
import { readPasswordHash } from '../auth/password.ts';
import { isAdmin, type User } from '../user.ts';

export function rolesOf(doc: JsonObject): readonly string[] {
	const roles = doc['roles'];
	return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
}

export function nameOf(doc: JsonObject): string {
	return typeof doc['name'] === 'string' ? doc['name'] : '';
}

/** Whether an account with these roles joined by a card: cards and devices are how it is managed. */
export function hasJoined(roles: readonly string[]): boolean {
	return roles.some((text) => ['resident', 'tablet'].includes(parseGrant(text)?.role ?? ''));
}

/** Whether `user` keeps accounts with these roles: server admins all, offices those in their places. */
export function managesAccount(user: User, roles: readonly string[]): boolean {
	if (hasJoined(roles)) return false;
	return isAdmin(user) || mayManage(grantsOf(user.roles), roles);
}

/** Whether `user` may revoke the devices of an account with these roles that is not its own. */
export function managesDevices(user: User, roles: readonly string[]): boolean {
	if (isAdmin(user)) return true;
	if (!hasJoined(roles)) return managesAccount(user, roles);
	return grantsOf(roles).every(({ scope }) => mayIssueCard(grantsOf(user.roles), scope));
}

export function toManaged(doc: JsonObject): ManagedAccount {
	const display = doc['display'];
	return {
		name: nameOf(doc),
		...(typeof display === 'string' && { display }),
		roles: [...rolesOf(doc)],
		disabled: doc['disabled'] === true,
		unopened: readPasswordHash(doc) === undefined
	};
}
