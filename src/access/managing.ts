import { isWithin, type Scope } from '#records/scope.ts';
import { parseGrant, type Grant } from './grant.ts';

/**
 * Whether an office with these grants may make, change or disable an account that has, or is to have, `roles`:
 * each of them within one of its places. A community office names no offices. Server admins are not an
 * office's to manage, nor are accounts without a role.
 */
export function mayManage(grants: readonly Grant[], roles: readonly string[]): boolean {
	if (roles.length === 0) return false;
	return roles.every((text) => {
		const role = parseGrant(text);
		return role !== undefined && grants.some((grant) => managesGrant(grant, role));
	});
}

function managesGrant(manager: Grant, { role, scope }: Grant): boolean {
	if (manager.role !== 'office' || !isWithin(scope, manager.scope)) return false;
	return role !== 'office' || !manager.scope.includes('/');
}

/** Whether the grants let an account issue and revoke cards for a household, or a courtyard's tablet. */
export function mayIssueCard(grants: readonly Grant[], scope: Scope): boolean {
	return grants.some(
		({ role, scope: own }) => (role === 'office' || role === 'worker') && isWithin(scope, own)
	);
}

/** Whether the grants let an account decide as the office of `scope`: take in what was handed over, erase a household. */
export function mayDecideFor(grants: readonly Grant[], scope: Scope): boolean {
	return grants.some(({ role, scope: own }) => role === 'office' && isWithin(scope, own));
}
