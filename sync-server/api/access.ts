import { grantsOf } from '#access/grant.ts';
import { mayOpenNode, mayReadNode } from '#access/rights.ts';
import { scopeOfDatabase } from '#records/database-name.ts';
import { forbidden, unauthorized, type CouchError } from '../couch-error.ts';
import { isAdmin, type User } from '../user.ts';

export const usersDatabase = '_users';

/** Scope databases are read by grants; any other database is for server admins. */
export function mayReadDatabase(user: User, name: string): boolean {
	if (isAdmin(user)) return true;
	const scope = scopeOfDatabase(name);
	return user.name !== null && scope !== undefined && mayReadNode(grantsOf(user.roles), scope);
}

/** An office opens the scope databases of its area. */
export function mayCreateDatabase(user: User, name: string): boolean {
	if (isAdmin(user)) return true;
	const scope = scopeOfDatabase(name);
	return user.name !== null && scope !== undefined && mayOpenNode(grantsOf(user.roles), scope);
}

/** What a user without the right to do something is told: to log in, or that it may not. */
export function denied(user: User): CouchError {
	return user.name === null ? unauthorized() : forbidden();
}

/** @throws CouchError 401 or 403, in CouchDB's words. */
export function requireAdmin(user: User): void {
	if (isAdmin(user)) return;
	const reason = 'You are not a server admin.';
	throw user.name === null ? unauthorized(reason) : forbidden(reason);
}
