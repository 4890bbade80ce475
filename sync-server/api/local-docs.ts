import { isJsonObject } from '#records/json.ts';
import { badRequest, CouchError, forbidden, notFound, tooLarge } from '../couch-error.ts';
import type { Database } from '../storage/database.ts';
import { isAdmin, type User } from '../user.ts';
import { localPrefixOf } from '../storage/local-prefix.ts';
import { parseJson, readBody } from './body.ts';
import type { DocumentCall, Endpoint } from './couch-call.ts';
import { shapeDocument } from './document-shape.ts';
import { InflateBudget } from './inflate-budget.ts';
import { jsonResponse } from './json-response.ts';

const maxBytes = 64 * 1024;
/** Of one account in one database: a replicator keeps one for each that it replicates with. */
const maxOwn = 100;
const revPattern = /^0-\d{1,15}$/;

const localPrefix = '_local/';

/** Where the server keeps a database's `_security`, out of clients' reach. */
export const securityId = '_local/_security';

/**
 * `/{db}/_local/{id}`: a replicator's checkpoints. Not replicated, no history, no attachments. Each account has its own;
 * server admins see them all, others' under `_local/~{account}/{id}`.
 */
export const localDoc: Endpoint<DocumentCall> = {
	async GET({ whole, id, user }) {
		const doc = await whole.getLocal(toLocalId(id, user));
		if (!doc) throw notFound();
		return jsonResponse({ ...doc, _id: id });
	},
	async PUT({ whole, deps, id, query, request, user }) {
		const value = parseJson(await readBody(request, maxBytes));
		if (!isJsonObject(value)) throw badRequest('Document must be a JSON object');
		const { _rev, ...members } = value;
		const shaped = await shapeDocument({ ...members, _id: 'local' }, true, deps.limits, new InflateBudget(0));
		const { _attachments, ...body } = shaped;
		if (_attachments) throw badRequest('Local documents have no attachments');
		const rev = query.text('rev') ?? _rev;
		const localId = toLocalId(id, user);
		await requireRoom(whole, localId, user);
		const doc = { ...body, _id: localId, ...(rev !== undefined && { _rev: toLocalRev(rev) }) };
		const result = await whole.putLocal(doc);
		if (result.ok) return jsonResponse({ ok: true, id, rev: result.rev }, 201);
		throw new CouchError(409, result.error, result.reason);
	},
	async DELETE({ whole, id, query, user }) {
		const result = await whole.removeLocal(toLocalId(id, user), toLocalRev(query.text('rev') ?? '0-0'));
		if (result.ok) return jsonResponse({ ok: true, id, rev: '0-0' });
		throw result.status === 404 ? notFound() : new CouchError(409, result.error, result.reason);
	}
};

/** @throws CouchError 413 when the document is new and the account has too many. */
async function requireRoom(whole: Database, localId: string, user: User): Promise<void> {
	if (isAdmin(user) || (await whole.getLocal(localId))) return;
	const own = await whole.localIds(localPrefixOf(user.name ?? ''), maxOwn);
	if (own.length >= maxOwn) throw tooLarge(`more than ${maxOwn} local documents`);
}

/** Where a user's document of this id is kept. */
function toLocalId(id: string, user: User): string {
	if (id === securityId) throw forbidden();
	if (!id.startsWith(localPrefix) || id === localPrefix || !id.isWellFormed() || id.length > 1_024)
		throw badRequest('Invalid _local document id');
	return isAdmin(user) ? id : localPrefixOf(user.name ?? '') + id.slice(localPrefix.length);
}

function toLocalRev(rev: unknown): string {
	if (typeof rev === 'string' && revPattern.test(rev)) return rev;
	throw badRequest('Invalid rev format');
}
