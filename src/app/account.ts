import { grantsOf, type Grant } from '#access/grant.ts';
import type { Scope } from '#records/scope.ts';

/** The account this device works for, as the server last told it. */
export interface Account {
	readonly name: string;
	/** As in the CouchDB user document: `worker:qianmen/caochang/g3`. */
	readonly roles: readonly string[];
}

export function accountGrants(account: Account): readonly Grant[] {
	return grantsOf(account.roles);
}

/** Which home the account sees: the office's if it holds an office, else the worker's. */
export function homeOf(account: Account): 'office' | 'worker' | 'nobody' {
	const grants = accountGrants(account);
	if (grants.some(({ role }) => role === 'office')) return 'office';
	return grants.length > 0 ? 'worker' : 'nobody';
}

/** The places the account works in. */
export function accountScopes(account: Account): readonly Scope[] {
	return accountGrants(account).map(({ scope }) => scope);
}
