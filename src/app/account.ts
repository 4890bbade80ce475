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

/** Whose first page there is; of several roles the first here has it. */
const homes = ['office', 'worker', 'partner', 'tablet', 'resident'] as const;
export type Home = (typeof homes)[number];

/** Which home the account sees. */
export function homeOf(account: Account): Home | 'nobody' {
	const held = new Set(accountGrants(account).map(({ role }) => role));
	return homes.find((role) => held.has(role)) ?? 'nobody';
}

/** The households the account taps for. */
export function accountHouseholds(account: Account): readonly Scope[] {
	return accountGrants(account).flatMap(({ role, scope }) => (role === 'resident' ? [scope] : []));
}

/** The places the account works in. */
export function accountScopes(account: Account): readonly Scope[] {
	return accountGrants(account).map(({ scope }) => scope);
}

/** The places the account works in as an office or a worker: whom the office's rules for staff bind. */
export function staffScopes(account: Account): readonly Scope[] {
	return accountGrants(account).flatMap(({ role, scope }) =>
		role === 'office' || role === 'worker' ? [scope] : []
	);
}
