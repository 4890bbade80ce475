import { createHash } from 'node:crypto';
import { CouchError, conflict, notFound, badRequest } from '../couch-error.ts';
import type { StoredDoc } from '../storage/stored-doc.ts';
import { attachmentsOf, withAttachments, type StoredAttachment } from './attachments-out.ts';
import { readBody } from './body.ts';
import { byteRange } from './byte-range.ts';
import type { AttachmentCall, Endpoint } from './couch-call.ts';
import { agreedRev } from './document.ts';
import { toRev } from './document-id.ts';
import { hasSame } from './entity-tag.ts';
import { jsonResponse } from './json-response.ts';
import { writeDocument } from './write-documents.ts';

/** `/{db}/{id}/{attachment}`. */
export const attachment: Endpoint<AttachmentCall> = { GET: read, PUT: write, DELETE: remove };

async function read(call: AttachmentCall): Promise<Response> {
	const { request } = call;
	const { content_type, digest, data } = await find(call);
	const md5 = digest.replace(/^md5-/, '');
	const etag = `"${md5}"`;
	const headers = {
		ETag: etag,
		'Content-MD5': md5,
		'Accept-Ranges': 'bytes'
	};
	if (hasSame(request, etag)) return new Response(null, { status: 304, headers });
	const range = byteRange(request.headers.get('Range'), data.length);
	if (range === 'whole') return bytes(data, 200, { ...headers, 'Content-Type': content_type });
	const { first, last } = range;
	return bytes(data.subarray(first, last + 1), 206, {
		...headers,
		'Content-Type': content_type,
		'Content-Range': `bytes ${first}-${last}/${data.length}`
	});
}

function bytes(data: Buffer, status: number, headers: Record<string, string>): Response {
	return new Response(new Uint8Array(data), {
		status,
		headers: { ...headers, 'Content-Length': String(data.length) }
	});
}

async function find({
	database,
	id,
	query,
	attachment
}: AttachmentCall): Promise<Required<Pick<StoredAttachment, 'content_type' | 'digest' | 'data'>>> {
	const rev = query.text('rev');
	const found = await database.get(id, { attachments: true, ...(rev !== undefined && { rev: toRev(rev) }) });
	if (!found.found) throw notFound(found.reason);
	const [, stored] = attachmentsOf(found.doc).find(([name]) => name === attachment) ?? [];
	if (!stored?.data) throw notFound('Document is missing attachment');
	return { content_type: stored.content_type, digest: stored.digest, data: stored.data };
}

async function write(call: AttachmentCall): Promise<Response> {
	const { request, deps, id, attachment } = call;
	const data = await readBody(request, Math.min(deps.limits.bodyBytes, deps.limits.attachmentBytes));
	checkMd5(request, data);
	const content_type = request.headers.get('Content-Type') ?? 'application/octet-stream';
	const doc = await docToChange(call);
	const kept = doc ? attachmentsOf(doc).filter(([name]) => name !== attachment) : [];
	const changed = withAttachments(doc ?? { _id: id }, [...kept, [attachment, { content_type, data }]]);
	const { rev } = await writeDocument(call, changed, true);
	return jsonResponse({ ok: true, id, rev }, 201, { ETag: `"${rev}"` });
}

async function remove(call: AttachmentCall): Promise<Response> {
	const { id, attachment } = call;
	const doc = await docToChange(call);
	if (!doc) throw notFound();
	const kept = attachmentsOf(doc).filter(([name]) => name !== attachment);
	if (kept.length === attachmentsOf(doc).length) throw notFound('Document is missing attachment');
	const { rev } = await writeDocument(call, withAttachments(doc, kept), true);
	return jsonResponse({ ok: true, id, rev });
}

/** The document as it stands at the revision given; undefined for a new one. @throws CouchError 409 for any other. */
async function docToChange(call: AttachmentCall): Promise<StoredDoc | undefined> {
	const rev = agreedRev(call, undefined);
	const found = await call.database.get(call.id, rev === undefined ? {} : { rev });
	if (!found.found && rev === undefined) return undefined;
	if (!found.found || rev === undefined) throw conflict();
	return found.doc;
}

/** RFC 1864. @throws CouchError 400 when the bytes are not those that were sent. */
function checkMd5(request: Request, data: Buffer): void {
	const expected = request.headers.get('Content-MD5');
	if (expected === null) return;
	if (!/^[A-Za-z0-9+/]{22}==$/.test(expected)) throw badRequest('Invalid Content-MD5');
	if (createHash('md5').update(data).digest('base64') === expected) return;
	throw new CouchError(400, 'content_md5_mismatch', 'Possible message corruption.');
}
