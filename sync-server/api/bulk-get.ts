import { isJsonObject, type JsonObject } from '#records/json.ts';
import { badRequest, CouchError, tooLarge } from '../couch-error.ts';
import { withBase64, withoutKnownAttachments } from './attachments-out.ts';
import { readJsonObject } from './body.ts';
import type { DatabaseCall, Endpoint } from './couch-call.ts';
import { documentIdBroken, isRev } from './document-id.ts';
import { jsonResponse } from './json-response.ts';
import type { OpenRevsOptions } from './open-revs.ts';
import type { AttachmentAllowance } from './attachment-budget.ts';
import { openRevsWithin } from './open-revs-within.ts';

/**
 * `POST /{db}/_bulk_get`: each of `{ docs: [{ id, rev?, atts_since? }] }` as `{ id, docs: [{ ok } | { error }] }`;
 * without `rev` every leaf. The query says `revs`, `latest` and `attachments` for all. What is asked for twice is
 * answered once; a document whose attachments the answer cannot carry any more has an error in its place.
 */
export const bulkGet: Endpoint<DatabaseCall> = {
	async POST(call) {
		const { deps, query, request } = call;
		const { docs } = await readJsonObject(request, deps.limits.bodyBytes);
		if (!Array.isArray(docs)) throw badRequest('Missing JSON list of `docs`.');
		const attachments = query.flag('attachments');
		const most = attachments ? deps.limits.docsWithAttachments : deps.limits.docsPerBatch;
		if (docs.length > most) throw tooLarge(`more than ${most} documents`);
		const options = { latest: query.flag('latest'), revs: query.flag('revs'), attachments };
		const allowance = { left: deps.limits.answeredAttachmentBytes };
		const asked = withoutRepetitions(docs);
		if (!attachments) {
			const results = await Promise.all(asked.map((item) => getOne(call, item, options, allowance)));
			return jsonResponse({ results });
		}
		// One after another: each is read only when there is room for it.
		const results: object[] = [];
		for (const item of asked) results.push(await getOne(call, item, options, allowance));
		return jsonResponse({ results });
	}
};

function withoutRepetitions(docs: readonly unknown[]): readonly JsonObject[] {
	const asked = new Map<unknown, JsonObject>();
	for (const item of docs) {
		if (!isJsonObject(item)) throw badRequest('`docs` must be a list of objects');
		const { id, rev } = item;
		const isNamed = typeof id === 'string' && (rev === undefined || typeof rev === 'string');
		asked.set(isNamed ? JSON.stringify([id, rev]) : item, item);
	}
	return [...asked.values()];
}

async function getOne(
	call: DatabaseCall,
	item: JsonObject,
	options: OpenRevsOptions,
	allowance: AttachmentAllowance
): Promise<object> {
	const { id, rev, atts_since: attsSince } = item;
	const failed = (error: string, reason: string) => ({
		id: id ?? null,
		docs: [{ error: { id: id ?? null, rev: rev ?? 'undefined', error, reason } }]
	});
	const illegal = documentIdBroken(id);
	if (typeof id !== 'string' || illegal) return failed('illegal_docid', illegal?.body.reason ?? '');
	if (rev !== undefined && !isRev(rev)) return failed('bad_request', 'Invalid rev format');
	const known = Array.isArray(attsSince) ? attsSince.filter(isRev) : [];
	const asked = known.length > 0 ? { ...options, revs: true } : options;
	const wanted = rev === undefined ? 'all' : [rev];
	const found = await openRevsWithin(allowance, call.database, id, wanted, asked).catch(refusalOf);
	if (found instanceof CouchError) return failed(found.body.error, found.body.reason);
	if (found.length === 0) return failed('not_found', 'missing');
	return {
		id,
		docs: found.map((one) =>
			'ok' in one
				? { ok: withBase64(withoutKnownAttachments(one.ok, known)) }
				: { error: { id, rev: one.missing, error: 'not_found', reason: 'missing' } }
		)
	};
}

function refusalOf(error: unknown): CouchError {
	if (error instanceof CouchError) return error;
	throw error;
}
