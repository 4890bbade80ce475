import { isJsonObject, type JsonObject } from '#records/json.ts';
import { readPasswordHash, type PasswordHash } from './password.ts';

/**
 * How a user document is stored, so that CouchDB takes it and lets in no one whom this server keeps out. CouchDB
 * refuses a role that begins with an underscore, as its server admins live in its configuration: here one has
 * `server_admin: true` instead. And it knows nothing of `disabled`: while an account is, its hash lies in
 * `kept_password`, which CouchDB does not read. Enabled again it has the password of before, or the one it was given
 * meanwhile.
 */
export function toStored(doc: JsonObject): JsonObject {
	return withHashInPlace(withoutAdminRole(doc));
}

/** Whether an earlier version stored the document in another form. */
export function isStoredOtherwise(doc: JsonObject): boolean {
	return namesAdmin(doc) || (doc['disabled'] === true && readPasswordHash(doc) !== undefined);
}

/** The roles of a user document: `_admin` first, however it is stored. */
export function rolesOf(doc: Readonly<Record<string, unknown>>): readonly string[] {
	const { roles, server_admin } = doc;
	const named = Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
	const others = named.filter((role) => role !== '_admin');
	return server_admin === true || others.length < named.length ? ['_admin', ...others] : others;
}

/** The hash of its password, wherever it lies. */
export function hashOf(doc: JsonObject): PasswordHash | undefined {
	return readPasswordHash(doc) ?? readPasswordHash(withPasswordOf(doc));
}

/** Where the members of a hash stand. */
export function withPasswordOf(doc: JsonObject): JsonObject {
	return isJsonObject(doc['kept_password']) ? doc['kept_password'] : doc;
}

function withoutAdminRole(doc: JsonObject): JsonObject {
	if (!namesAdmin(doc)) return doc;
	return { ...doc, roles: rolesOf(doc).slice(1), server_admin: true };
}

function namesAdmin({ roles }: JsonObject): boolean {
	return Array.isArray(roles) && roles.includes('_admin');
}

const hashMembers = new Set([
	...['password_scheme', 'pbkdf2_prf', 'iterations', 'derived_key', 'password_sha', 'salt'],
	'kept_password'
]);

function withHashInPlace(doc: JsonObject): JsonObject {
	const disabled = doc['disabled'] === true;
	const moves = disabled ? readPasswordHash(doc) !== undefined : doc['kept_password'] !== undefined;
	if (!moves) return doc;
	const hash = hashOf(doc);
	const others = Object.fromEntries(Object.entries(doc).filter(([member]) => !hashMembers.has(member)));
	return disabled && hash ? { ...others, kept_password: { ...hash } } : { ...others, ...hash };
}
