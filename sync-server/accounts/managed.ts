import type { ManagedAccount } from '#access/accounts-api.ts';
import { grantsOf, parseGrant } from '#access/grant.ts';
import { mayIssueCard, mayManage } from '#access/managing.ts';
import type { JsonObject } from '#records/json.ts';
import { hashOf, rolesOf } from '../auth/stored-form.ts';
import { isJoined } from '../join/joined-account.ts';
import { isAdmin, type User } from '../user.ts';

export function nameOf(doc: JsonObject): string {
	return typeof doc['name'] === 'string' ? doc['name'] : '';
}

/** Whether a role comes of joining by a card, and of that alone. */
export function isCardRole(text: string): boolean {
	return ['resident', 'tablet'].includes(parseGrant(text)?.role ?? '');
}

/**
 * Whether `user` keeps accounts with these roles: server admins all, offices those in their places. Those that joined
 * by a card and are nothing else are managed by cards and devices.
 */
export function managesAccount(user: User, roles: readonly string[]): boolean {
	if (isJoined(roles)) return false;
	return isAdmin(user) || mayManage(grantsOf(user.roles), roles);
}

/** Whether `user` may revoke the devices of an account with these roles that is not its own. */
export function managesDevices(user: User, roles: readonly string[]): boolean {
	if (isAdmin(user)) return true;
	if (!isJoined(roles)) return managesAccount(user, roles);
	return grantsOf(roles).every(({ scope }) => mayIssueCard(grantsOf(user.roles), scope));
}

export function toManaged(doc: JsonObject): ManagedAccount {
	const { display, _rev } = doc;
	return {
		name: nameOf(doc),
		...(typeof display === 'string' && { display }),
		roles: [...rolesOf(doc)],
		disabled: doc['disabled'] === true,
		unopened: hashOf(doc) === undefined,
		rev: typeof _rev === 'string' ? _rev : ''
	};
}
