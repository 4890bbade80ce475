import type { AccountChange, ManagedAccount, NewAccount } from '#access/accounts-api.ts';
import { formatGrant, grantsOf, type Grant } from '#access/grant.ts';
import { isDay, type Day } from '#kinds/day.ts';
import { isAuthor } from '#records/check-revision.ts';
import { isJsonObject, type Json } from '#records/json.ts';
import { isScope } from '#records/scope.ts';
import { mayGrant, staffRoles, type StaffRole } from './role-choices.ts';

/** A role as it is being chosen; `until` is '' where it has no end. */
export type GrantDraft = { role: StaffRole; scope: string; until: string };
export type AccountDraft = { name: string; display: string; grants: GrantDraft[] };

/** What cannot stay as it is. `grants` is by index; `place` and `until` say which of its fields. */
export interface AccountProblems {
	readonly name?: 'wrong' | 'taken';
	readonly display?: 'long';
	readonly grants: readonly { readonly place?: true; readonly until?: true }[];
}

export function accountProblems(
	draft: AccountDraft,
	{ names, grants, today }: { names: readonly string[]; grants: readonly Grant[]; today: Day }
): AccountProblems {
	const name = draft.name.trim();
	return {
		...(isAuthor(name) ? names.includes(name) && { name: 'taken' as const } : { name: 'wrong' as const }),
		...(draft.display.trim().length > 80 && { display: 'long' as const }),
		grants: grantProblems(draft.grants, grants, today)
	};
}

export function grantProblems(
	drafts: readonly GrantDraft[],
	grants: readonly Grant[],
	today: Day
): AccountProblems['grants'] {
	return drafts.map(({ role, scope, until }) => ({
		...(!(isScope(scope) && mayGrant(grants, role, scope)) && { place: true as const }),
		...(until !== '' && !(isDay(until) && until >= today) && { until: true as const })
	}));
}

export function isSound({ name, display, grants }: AccountProblems): boolean {
	return name === undefined && display === undefined && grants.every((one) => !one.place && !one.until);
}

/** The roles as they stand in a user document, each once. Drafts that name no place are left out. */
export function rolesOf(drafts: readonly GrantDraft[]): string[] {
	const roles = drafts.flatMap(({ role, scope, until }) => {
		if (!isScope(scope)) return [];
		return [formatGrant(isDay(until) ? { role, scope, until } : { role, scope })];
	});
	return [...new Set(roles)];
}

export function newAccountOf({ name, display, grants }: AccountDraft): NewAccount {
	const shown = display.trim();
	return { name: name.trim(), ...(shown && { display: shown }), roles: rolesOf(grants) };
}

/** What differs between an account as it stands and as it was filled in; undefined where nothing does. */
export function changeOf(account: ManagedAccount, draft: AccountDraft): AccountChange | undefined {
	const display = draft.display.trim();
	const renamed = display !== (account.display ?? '');
	const roles = rolesOf(draft.grants);
	const regranted = roles.join(' ') !== rolesOf(draftsOf(account.roles)).join(' ');
	if (!renamed && !regranted) return undefined;
	return { ...(renamed && { display }), ...(regranted && { roles }), rev: account.rev };
}

/** The staff roles among a user's, as they can be changed. */
export function draftsOf(roles: readonly string[]): GrantDraft[] {
	return grantsOf(roles).flatMap(({ role, scope, until }) => {
		const known = staffRoles.find((one) => one === role);
		return known ? [{ role: known, scope, until: until ?? '' }] : [];
	});
}

export function readAccountDraft(kept: Json): AccountDraft | undefined {
	if (!isJsonObject(kept)) return undefined;
	const { name, display, grants } = kept;
	const read = readGrantDrafts(grants);
	if (typeof name !== 'string' || typeof display !== 'string' || !read) return undefined;
	return { name, display, grants: read };
}

function readGrantDrafts(kept: Json | undefined): GrantDraft[] | undefined {
	if (!Array.isArray(kept)) return undefined;
	return kept.flatMap((one: Json) => {
		if (!isJsonObject(one)) return [];
		const role = staffRoles.find((known) => known === one['role']);
		const { scope, until } = one;
		return role && typeof scope === 'string' && typeof until === 'string' ? [{ role, scope, until }] : [];
	});
}
