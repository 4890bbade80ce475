import { isJsonObject } from '#records/json.ts';
import { badRequest, tooLarge } from '../couch-error.ts';
import { withBase64, withoutKnownAttachments } from './attachments-out.ts';
import { readJsonObject } from './body.ts';
import type { DatabaseCall, Endpoint } from './couch-call.ts';
import { isRev } from './document-id.ts';
import { jsonResponse } from './json-response.ts';
import { openRevs, type OpenRevsOptions } from './open-revs.ts';

/**
 * `POST /{db}/_bulk_get`: each of `{ docs: [{ id, rev?, atts_since? }] }` as `{ id, docs: [{ ok } | { error }] }`;
 * without `rev` every leaf. The query says `revs`, `latest` and `attachments` for all.
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
		return jsonResponse({ results: await Promise.all(docs.map((item) => getOne(call, item, options))) });
	}
};

async function getOne(call: DatabaseCall, item: unknown, options: OpenRevsOptions): Promise<object> {
	if (!isJsonObject(item)) throw badRequest('`docs` must be a list of objects');
	const { id, rev, atts_since: attsSince } = item;
	const failed = (error: string, reason: string) => ({
		id: id ?? null,
		docs: [{ error: { id: id ?? null, rev: rev ?? 'undefined', error, reason } }]
	});
	if (typeof id !== 'string') return failed('illegal_docid', 'Document id must be a string');
	if (rev !== undefined && !isRev(rev)) return failed('bad_request', 'Invalid rev format');
	const known = Array.isArray(attsSince) ? attsSince.filter(isRev) : [];
	const asked = known.length > 0 ? { ...options, revs: true } : options;
	const found = await openRevs(call.database, id, rev === undefined ? 'all' : [rev], asked);
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
