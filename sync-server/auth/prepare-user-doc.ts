import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { parseGrant } from '#access/grant.ts';
import { name as displayName } from '#kinds/text.ts';
import { isAuthor } from '#records/check-revision.ts';
import type { JsonObject } from '#records/json.ts';
import { badRequest, forbidden } from '../couch-error.ts';
import { logged, type Change } from './account-log.ts';
import { userDocId } from './account.ts';
import { hashPassword, readPasswordHash } from './password.ts';
import { toStored, withPasswordOf } from './stored-form.ts';

/** In characters as people count them. */
const minPassword = 8;
/** Bytes of UTF-8: no one types more, and hashing must not become work for free. */
const maxPassword = 1024;
/** What a new password does away with. */
const replaced = new Set([
	'password_scheme',
	'pbkdf2_prf',
	'iterations',
	'derived_key',
	'password_sha',
	'salt',
	'kept_password',
	'link'
]);

export interface UserChange extends Change {
	/** The document as it stands, a deleted one too; undefined when there never was one. */
	readonly stored: JsonObject | undefined;
	/** Of the hash of a new password. */
	readonly iterations: number;
}

/**
 * A user document as it may be stored: `password` replaced by its hash, name, type and roles checked as CouchDB's
 * own `_users` rules do, and what changes written into its log. Roles are `_admin` and grants such as
 * `worker:qianmen/caochang/g3`; nothing else means anything here, and a mistyped one should not pass for a grant.
 * Whatever writes user documents goes through here, so that a change and its line in the log are one write. A new
 * password ends a one-time link. Of a deleted account name, roles and log are kept. What CouchDB would not take, or not mean
 * the same by, is stored otherwise: ./stored-form.ts.
 *
 * @throws CouchError 403 for a document that is not a user's, 400 for a password that is too weak.
 */
export async function prepareUserDoc(doc: JsonObject, change: UserChange): Promise<JsonObject> {
	if (isDesign(doc)) return doc;
	if (doc['_deleted'] === true) return tombstone(doc, change);
	checkFields(doc);
	const prepared = toStored(await withHash(doc, change.iterations));
	return { ...prepared, log: logged(change.stored, prepared, change) };
}

function tombstone(doc: JsonObject, change: UserChange): JsonObject {
	const { stored } = change;
	if (!stored) return doc;
	const { name = null, roles = [], server_admin } = stored;
	const log = logged(stored, { ...doc, name }, change);
	const admin = server_admin === true && { server_admin };
	return { ...doc, type: 'user', name, roles, ...admin, log };
}

async function withHash(doc: JsonObject, iterations: number): Promise<JsonObject> {
	const { password, ...rest } = doc;
	if (password === undefined) {
		if (doc['derived_key'] === undefined && doc['password_sha'] === undefined) return rest;
		if (readPasswordHash(doc)) return rest;
		throw forbidden('The password fields are not a hash that can be verified. Give `password` instead.');
	}
	if (typeof password !== 'string') throw badRequest('`password` must be a string.');
	checkPassword(password, doc['name']);
	const kept = Object.fromEntries(Object.entries(rest).filter(([field]) => !replaced.has(field)));
	return { ...kept, ...(await hashPassword(password, randomBytes(16).toString('hex'), iterations)) };
}

function isDesign(doc: JsonObject): boolean {
	return typeof doc['_id'] === 'string' && doc['_id'].startsWith('_design/');
}

function checkFields(doc: JsonObject): void {
	const { _id, name, type, roles, display, server_admin = false, kept_password } = doc;
	if (type !== 'user') throw forbidden('doc.type must be user');
	if (typeof name !== 'string') throw forbidden('doc.name is required');
	if (_id !== userDocId(name)) throw forbidden('Doc ID must be of the form org.couchdb.user:name');
	if (!isAuthor(name)) {
		throw forbidden(
			'doc.name must be at most 64 letters, digits and . _ @ - and begin with a letter or a digit'
		);
	}
	if (display !== undefined && !v.is(displayName, display))
		throw forbidden('doc.display must be a short line');
	if (typeof server_admin !== 'boolean') throw forbidden('doc.server_admin must be true or false');
	if (kept_password !== undefined && !readPasswordHash(withPasswordOf(doc)))
		throw forbidden('doc.kept_password is not a hash that can be verified');
	if (!Array.isArray(roles)) throw forbidden('doc.roles must be an array');
	for (const role of roles) {
		if (role !== '_admin' && (typeof role !== 'string' || !parseGrant(role))) {
			throw forbidden(`doc.roles: ${JSON.stringify(role)} is neither _admin nor a role with a scope`);
		}
	}
}

function checkPassword(password: string, name: unknown): void {
	if ([...password].length < minPassword) {
		throw badRequest(`The password is too weak: give at least ${minPassword} characters.`);
	}
	if (Buffer.byteLength(password) > maxPassword) {
		throw badRequest(`The password is too long: give at most ${maxPassword} bytes.`);
	}
	if (new Set(password).size < 4 || password === name) {
		throw badRequest('The password is too weak: do not repeat the name or a few characters.');
	}
}
