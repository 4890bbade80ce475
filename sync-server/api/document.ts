import { isJsonObject } from '#records/json.ts';
import { badRequest, CouchError, notFound, tooLarge } from '../couch-error.ts';
import type { StoredDoc } from '../storage/stored-doc.ts';
import { withinBudget } from './attachment-budget.ts';
import { withBase64, withoutKnownAttachments } from './attachments-out.ts';
import { mediaType, parseJson, readBody } from './body.ts';
import type { DocumentCall, Endpoint } from './couch-call.ts';
import { documentIdBroken, toRev } from './document-id.ts';
import { hasSame } from './entity-tag.ts';
import { jsonResponse } from './json-response.ts';
import { mixedParts, multipartResponse, readMultipartDocument, relatedParts } from './multipart-document.ts';
import { openRevsWithin } from './open-revs-within.ts';
import { writeDocument } from './write-documents.ts';

/** `/{db}/{id}`. */
export const document: Endpoint<DocumentCall> = { GET: read, PUT: write, DELETE: remove };

async function read(call: DocumentCall): Promise<Response> {
	const { query, request } = call;
	if (query.text('open_revs') !== undefined) return await readOpenRevs(call);
	const doc = await find(call);
	if (query.flag('attachments') && accepts(request, 'multipart/related')) {
		const parts = relatedParts(doc);
		if (parts.length > 1) return multipartResponse('multipart/related', call.deps.databases.newId(), parts);
	}
	const etag = `"${doc._rev}"`;
	if (isPlain(call) && hasSame(request, etag)) {
		return new Response(null, { status: 304, headers: { ETag: etag } });
	}
	return jsonResponse(withBase64(doc), 200, isPlain(call) ? { ETag: etag } : {});
}

async function find({ database, deps, id, query }: DocumentCall): Promise<StoredDoc> {
	const rev = query.text('rev');
	const meta = query.flag('meta');
	const known = knownRevs(query.json('atts_since')?.value);
	const attachments = query.flag('attachments') || known.length > 0;
	const revs = query.flag('revs') || known.length > 0;
	if (rev !== undefined && query.flag('latest')) {
		const allowance = { left: deps.limits.answeredAttachmentBytes };
		const options = { revs, attachments, latest: true };
		const [latest] = await openRevsWithin(allowance, database, id, [toRev(rev)], options);
		if (latest && 'ok' in latest) return withoutKnownAttachments(latest.ok, known);
		throw notFound();
	}
	const options = {
		...{ revs, attachments, revs_info: meta || query.flag('revs_info') },
		...(rev !== undefined && { rev: toRev(rev) }),
		conflicts: meta || query.flag('conflicts')
	};
	const found = await withinBudget(options, deps.limits, async (asked) => {
		const one = await database.get(id, asked);
		return { found: one, docs: one.found ? [one.doc] : [] };
	});
	if (!found.found) throw notFound(found.reason);
	return withoutKnownAttachments(found.doc, known);
}

async function readOpenRevs({ database, deps, id, query, request }: DocumentCall): Promise<Response> {
	const wanted =
		query.text('open_revs') === 'all'
			? 'all'
			: listOfRevs(query.json('open_revs')?.value, deps.limits.openRevs);
	const known = knownRevs(query.json('atts_since')?.value);
	const isMultipart = accepts(request, 'multipart/mixed');
	const allowance = { left: deps.limits.answeredAttachmentBytes };
	const found = await openRevsWithin(allowance, database, id, wanted, {
		latest: query.flag('latest'),
		revs: query.flag('revs') || known.length > 0,
		attachments: isMultipart || query.flag('attachments')
	});
	if (wanted === 'all' && found.length === 0) throw notFound();
	const revs = found.map((rev) => ('ok' in rev ? { ok: withoutKnownAttachments(rev.ok, known) } : rev));
	if (!isMultipart) return jsonResponse(revs.map((rev) => ('ok' in rev ? { ok: withBase64(rev.ok) } : rev)));
	const newBoundary = () => deps.databases.newId();
	return multipartResponse('multipart/mixed', newBoundary(), mixedParts(revs, newBoundary));
}

async function write(call: DocumentCall): Promise<Response> {
	const { deps, id, query, request } = call;
	const isMultipart = mediaType(request) === 'multipart/related';
	const doc = isMultipart
		? await readMultipartDocument(request, deps.limits)
		: parseJson(await readBody(request, deps.limits.bodyBytes));
	if (!isJsonObject(doc)) throw badRequest('Document must be a JSON object');
	const rev = agreedRev(call, doc['_rev']);
	const newEdits = query.text('new_edits') === undefined || query.flag('new_edits');
	const written = await writeDocument(
		call,
		{ ...doc, _id: id, ...(rev !== undefined && { _rev: rev }) },
		newEdits
	);
	return jsonResponse({ ok: true, id: written.id, rev: written.rev }, 201, {
		ETag: `"${written.rev}"`,
		Location: `/db/${encodeURIComponent(call.database.name)}/${encodeURIComponent(id)}`
	});
}

async function remove(call: DocumentCall): Promise<Response> {
	const { database, id } = call;
	const found = await database.get(id);
	if (!found.found) throw notFound(found.reason);
	const rev = agreedRev(call, undefined);
	if (rev === undefined) throw new CouchError(409, 'conflict', 'Document update conflict.');
	const written = await writeDocument(call, { _id: id, _rev: rev, _deleted: true }, true);
	return jsonResponse({ ok: true, id: written.id, rev: written.rev }, 200, { ETag: `"${written.rev}"` });
}

/** The revision that a write builds on: in the body, `?rev=` or If-Match. @throws CouchError 400 when they differ. */
export function agreedRev({ query, request }: DocumentCall, inBody: unknown): string | undefined {
	const given = [inBody, query.text('rev'), request.headers.get('If-Match')?.replaceAll('"', '')];
	const revs = new Set(given.filter((rev) => rev !== undefined).map(toRev));
	if (revs.size <= 1) return [...revs][0];
	throw badRequest('Document rev from request body and query string have different values');
}

/** @throws CouchError 400 when a document cannot have that id. */
export function toDocumentId(id: string): string {
	const broken = documentIdBroken(id);
	if (broken) throw broken;
	return id;
}

/** Only a type that is named counts, as in CouchDB: any client accepts everything by default. */
function accepts(request: Request, type: string): boolean {
	const accepted = (request.headers.get('Accept') ?? '').split(',');
	return accepted.some((range) => range.split(';', 1).join('').trim().toLowerCase() === type);
}

/** Whether the answer depends on nothing but the revision. */
function isPlain({ query }: DocumentCall): boolean {
	const asking = ['conflicts', 'revs_info', 'meta', 'attachments', 'atts_since', 'revs'];
	return asking.every((name) => query.text(name) === undefined);
}

function listOfRevs(value: unknown, most: number): readonly string[] {
	if (!Array.isArray(value)) throw badRequest('open_revs must be "all" or a JSON list of revisions');
	if (value.length > most) throw tooLarge(`more than ${most} revisions`);
	return [...new Set(value.map(toRev))];
}

function knownRevs(value: unknown): readonly string[] {
	if (value === undefined) return [];
	if (!Array.isArray(value)) throw badRequest('atts_since must be a JSON list of revisions');
	return value.map(toRev);
}
