import { isJsonObject } from '#records/json.ts';
import { badRequest, CouchError, forbidden, notFound } from '../couch-error.ts';
import { parseJson, readBody } from './body.ts';
import type { DocumentCall, Endpoint } from './couch-call.ts';
import { shapeDocument } from './document-shape.ts';
import { InflateBudget } from './inflate-budget.ts';
import { jsonResponse } from './json-response.ts';

const maxBytes = 64 * 1024;
const revPattern = /^0-\d{1,15}$/;

/** Where the server keeps a database's `_security`, out of clients' reach. */
export const securityId = '_local/_security';

/** `/{db}/_local/{id}`: a replicator's checkpoints. Not replicated, no history, no attachments. */
export const localDoc: Endpoint<DocumentCall> = {
	async GET({ database, id }) {
		const doc = await database.getLocal(toLocalId(id));
		if (!doc) throw notFound();
		return jsonResponse(doc);
	},
	async PUT({ database, deps, id, query, request }) {
		const value = parseJson(await readBody(request, maxBytes));
		if (!isJsonObject(value)) throw badRequest('Document must be a JSON object');
		const { _rev, ...members } = value;
		const shaped = await shapeDocument({ ...members, _id: 'local' }, true, deps.limits, new InflateBudget(0));
		const { _attachments, ...body } = shaped;
		if (_attachments) throw badRequest('Local documents have no attachments');
		const rev = query.text('rev') ?? _rev;
		const doc = { ...body, _id: toLocalId(id), ...(rev !== undefined && { _rev: toLocalRev(rev) }) };
		const result = await database.putLocal(doc);
		if (result.ok) return jsonResponse({ ok: true, id: result.id, rev: result.rev }, 201);
		throw new CouchError(409, result.error, result.reason);
	},
	async DELETE({ database, id, query }) {
		const result = await database.removeLocal(toLocalId(id), toLocalRev(query.text('rev') ?? '0-0'));
		if (result.ok) return jsonResponse({ ok: true, id, rev: '0-0' });
		throw result.status === 404 ? notFound() : new CouchError(409, result.error, result.reason);
	}
};

function toLocalId(id: string): string {
	if (id === securityId) throw forbidden();
	if (id === '_local/' || !id.isWellFormed() || id.length > 1_024)
		throw badRequest('Invalid _local document id');
	return id;
}

function toLocalRev(rev: unknown): string {
	if (typeof rev === 'string' && revPattern.test(rev)) return rev;
	throw badRequest('Invalid rev format');
}
