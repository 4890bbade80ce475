import { isJsonObject, type Json, type JsonObject } from '#records/json.ts';
import { sameJson } from '#records/hash.ts';
import { conflict, CouchError, forbidden } from '../couch-error.ts';
import type { Database } from '../storage/database.ts';
import type { IncomingDoc } from '../storage/stored-doc.ts';
import { isAdmin, type User } from '../user.ts';
import type { WriteCall } from './couch-call.ts';
import { isBoundedJson } from '#records/bounded-json.ts';

const prefix = 'org.couchdb.user:';
/** With a log of a hundred changes of twenty roles each. */
const bounds = { depth: 8, values: 5_000, characters: 524_288 };

/** Whether a document of `_users` is the user's own: the only one it sees. */
export function isOwnUserDoc(user: User, id: string): boolean {
	return user.name !== null && id === prefix + user.name;
}

/**
 * A user document made fit to store. Server admins write any; a user its own, and there only the password.
 * @throws CouchError when the user may not, or the document is not one.
 */
export async function prepareUser(
	{ user, whole: database, deps }: WriteCall,
	doc: IncomingDoc
): Promise<IncomingDoc> {
	if (!isAdmin(user) && !isOwnUserDoc(user, doc._id)) throw forbidden();
	if (!doc._id.startsWith(prefix)) return doc;
	if (doc._deleted && !isAdmin(user)) throw forbidden('Only admins may delete user documents.');
	const found = await database.get(doc._id);
	const stored = found.found ? jsonOf(found.doc) : await deletedDoc(database, doc._id);
	const incoming = jsonOf(doc);
	if (!isAdmin(user)) requireOnlyPassword(incoming, stored);
	const prepared = await deps.prepareUserDoc(incoming, stored, user.name ?? '');
	return {
		...prepared,
		_id: doc._id,
		...(doc._rev !== undefined && { _rev: doc._rev }),
		...(doc._deleted && { _deleted: true }),
		...(doc._revisions && { _revisions: doc._revisions })
	};
}

/** Of a deleted account its log is kept, for one made anew under the name. */
async function deletedDoc(database: Database, id: string): Promise<JsonObject | undefined> {
	const [leaf] = await database.leaves(id, { revs: false, attachments: false });
	return leaf && jsonOf(leaf);
}

function requireOnlyPassword(incoming: JsonObject, stored: JsonObject | undefined): void {
	if (!stored) throw forbidden();
	if (incoming['_rev'] !== stored['_rev']) throw conflict();
	for (const [member, value] of Object.entries(incoming)) {
		if (member === 'password' || sameJson(value, stored[member])) continue;
		throw forbidden(`Only admins may change ${member}.`);
	}
}

function jsonOf(doc: object): JsonObject {
	const json: Json | undefined = isBoundedJson(doc, bounds) ? doc : undefined;
	if (!isJsonObject(json))
		throw new CouchError(400, 'bad_request', 'User document is too large or has attachments');
	return json;
}
