import { randomBytes } from 'node:crypto';
import { parseGrant } from '#access/grant.ts';
import { isAuthor } from '#records/check-revision.ts';
import type { JsonObject } from '#records/json.ts';
import { badRequest, forbidden } from '../couch-error.ts';
import { userDocId } from './account.ts';
import { hashPassword, readPasswordHash } from './password.ts';

/** In characters as people count them. */
const minPassword = 8;
/** Bytes of UTF-8: no one types more, and hashing must not become work for free. */
const maxPassword = 1024;
const credentialFields = [
	'password_scheme',
	'pbkdf2_prf',
	'iterations',
	'derived_key',
	'password_sha',
	'salt'
] as const;

/**
 * A user document as it may be stored: `password` replaced by its hash, name, type and roles checked as CouchDB's
 * own `_users` rules do. Roles are `_admin` and grants such as `worker:qianmen/caochang/g3`; nothing else
 * means anything here, and a mistyped one should not pass for a grant.
 *
 * @throws CouchError 403 for a document that is not a user's, 400 for a password that is too weak.
 */
export async function prepareUserDoc(doc: JsonObject, iterations: number): Promise<JsonObject> {
	if (doc['_deleted'] === true || isDesign(doc)) return doc;
	checkFields(doc);
	const { password, ...rest } = doc;
	if (password === undefined) {
		if (doc['derived_key'] === undefined && doc['password_sha'] === undefined) return rest;
		if (readPasswordHash(doc)) return rest;
		throw forbidden('The password fields are not a hash that can be verified. Give `password` instead.');
	}
	if (typeof password !== 'string') throw badRequest('`password` must be a string.');
	checkPassword(password, doc['name']);
	const kept = Object.fromEntries(
		Object.entries(rest).filter(([field]) => !credentialFields.some((own) => own === field))
	);
	return { ...kept, ...(await hashPassword(password, randomBytes(16).toString('hex'), iterations)) };
}

function isDesign(doc: JsonObject): boolean {
	return typeof doc['_id'] === 'string' && doc['_id'].startsWith('_design/');
}

function checkFields({ _id, name, type, roles }: JsonObject): void {
	if (type !== 'user') throw forbidden('doc.type must be user');
	if (typeof name !== 'string') throw forbidden('doc.name is required');
	if (_id !== userDocId(name)) throw forbidden('Doc ID must be of the form org.couchdb.user:name');
	if (!isAuthor(name)) {
		throw forbidden(
			'doc.name must be at most 64 letters, digits and . _ @ - and begin with a letter or a digit'
		);
	}
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
