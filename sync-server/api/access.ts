import { grantsOf } from '#access/grant.ts';
import { mayOpenNode, mayReadId, mayReadNode, readsAllOf } from '#access/rights.ts';
import { scopeOfDatabase } from '#records/database-name.ts';
import { userDocId } from '../auth/account.ts';
import { CouchError, forbidden, unauthorized } from '../couch-error.ts';
import { deviceDocId } from '../devices/device.ts';
import type { DatabaseEvent } from '../storage/database-updates.ts';
import type { Database, ReadableDatabase } from '../storage/database.ts';
import { isAdmin, type User } from '../user.ts';
import { DatabaseView } from './database-view.ts';

export const usersDatabase = '_users';
const devicesDatabase = 'devices';

/** Scope databases are read by grants; any other database is for server admins. */
export function mayReadDatabase(user: User, name: string): boolean {
	if (isAdmin(user)) return true;
	const scope = scopeOfDatabase(name);
	return user.name !== null && scope !== undefined && mayReadNode(grantsOf(user.roles), scope);
}

/** A database as far as the account may read it. @throws CouchError 401 or 403 when it may not at all. */
export function readableBy(user: User, database: Database): ReadableDatabase {
	if (!mayReadDatabase(user, database.name)) throw denied(user);
	const node = scopeOfDatabase(database.name);
	const grants = grantsOf(user.roles);
	if (isAdmin(user) || node === undefined || readsAllOf(grants, node)) return database;
	return new DatabaseView(database, node, grants);
}

/** Whether the account may know that documents of these ids were written there; undefined: of any ids. */
export function mayKnowOf(user: User, name: string, ids: readonly string[] | undefined): boolean {
	if (!mayReadDatabase(user, name)) return false;
	const node = scopeOfDatabase(name);
	const grants = grantsOf(user.roles);
	if (!ids || isAdmin(user) || node === undefined || readsAllOf(grants, node)) return true;
	return ids.some((id) => mayReadId(grants, id));
}

/** Whether something was written that may change what the account may do: itself, or one of its devices. */
export function touchesAccount({ name }: User, { db_name, ids }: DatabaseEvent): boolean {
	if (name === null) return false;
	if (db_name === usersDatabase) return !ids || ids.includes(userDocId(name));
	return db_name === devicesDatabase && (!ids || ids.some((id) => id.startsWith(deviceDocId(name, ''))));
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

/** Whether something failed because the user may not, or is not known any more. */
export function isDenial(error: unknown): boolean {
	return error instanceof CouchError && (error.status === 401 || error.status === 403);
}

/** @throws CouchError 401 or 403, in CouchDB's words. */
export function requireAdmin(user: User): void {
	if (isAdmin(user)) return;
	const reason = 'You are not a server admin.';
	throw user.name === null ? unauthorized(reason) : forbidden(reason);
}
