import { isJsonObject, type JsonObject } from '#records/json.ts';
import { badRequest } from '../couch-error.ts';
import type { StoredDoc } from '../storage/stored-doc.ts';
import { attachmentsOf, withAttachments } from './attachments-out.ts';
import { parseJson, readBody } from './body.ts';
import type { CouchLimits } from './limits.ts';
import { boundaryOf, formatMultipart, parseMultipart, type Part } from './multipart.ts';
import type { OpenRev } from './open-revs.ts';

const maxAttachments = 1_000;
const filenamePattern = /;\s*filename="((?:[^"\\]|\\.)*)"/i;

/**
 * A document in the body of a request as multipart/related: its JSON first, then the bytes of the attachments
 * that say `follows: true`, named by their Content-Disposition or else in the JSON's order. The result has
 * Buffers for their `data`, still compressed where `encoding` says so.
 * @throws CouchError 400 when parts and JSON do not fit together, 413 when there is too much.
 */
export async function readMultipartDocument(request: Request, limits: CouchLimits): Promise<object> {
	const boundary = boundaryOf(request.headers.get('Content-Type') ?? '');
	const body = await readBody(request, limits.bodyBytes);
	const [first, ...parts] = parseMultipart(body, boundary, maxAttachments + 1);
	const doc = first && parseJson(first.body);
	if (!isJsonObject(doc)) throw badRequest('Document must be a JSON object');
	const { _attachments } = doc;
	if (_attachments === undefined) return doc;
	if (!isJsonObject(_attachments)) throw badRequest('Attachments must be a JSON object');
	return { ...doc, _attachments: fillIn(_attachments, parts) };
}

function fillIn(attachments: JsonObject, parts: readonly Part[]): object {
	const named = new Map(
		parts.flatMap((part) => (fileNameOf(part) === undefined ? [] : [[fileNameOf(part), part]]))
	);
	const unnamed = parts.filter((part) => fileNameOf(part) === undefined).values();
	const entries: [string, unknown][] = [];
	for (const [name, entry] of Object.entries(attachments)) {
		if (!isJsonObject(entry) || entry['follows'] !== true) {
			entries.push([name, entry]);
			continue;
		}
		const part = named.get(name) ?? unnamed.next().value;
		if (!part) throw badRequest(`the bytes of attachment '${name}' do not follow`);
		entries.push([name, attachmentFrom(entry, part)]);
	}
	return Object.fromEntries(entries);
}

function attachmentFrom(entry: JsonObject, { headers, body }: Part): object {
	return {
		content_type: entry['content_type'] ?? headers.get('content-type'),
		encoding: entry['encoding'] ?? headers.get('content-encoding'),
		data: body
	};
}

function fileNameOf({ headers }: Part): string | undefined {
	return filenamePattern.exec(headers.get('content-disposition') ?? '')?.[1]?.replaceAll(/\\(.)/g, '$1');
}

/** A document as multipart/related: JSON, then the bytes of each attachment that has them. */
export function relatedParts(doc: StoredDoc): readonly Part[] {
	const attachments = attachmentsOf(doc);
	const entries = attachments.map(([name, { data, ...entry }]) => {
		return [name, data ? { ...entry, length: data.length, follows: true } : entry] as const;
	});
	const files = attachments.flatMap(([name, { data, content_type }]) =>
		data ? [filePart(name, content_type, data)] : []
	);
	return [jsonPart(attachments.length === 0 ? doc : withAttachments(doc, entries)), ...files];
}

/** Revisions as multipart/mixed: each JSON, or multipart/related when it comes with bytes. */
export function mixedParts(revs: readonly OpenRev[], newBoundary: () => string): readonly Part[] {
	return revs.map((rev) => {
		if (!('ok' in rev)) return jsonPart(rev, 'application/json; error="true"');
		const parts = relatedParts(rev.ok);
		const [only] = parts;
		if (only && parts.length === 1) return only;
		const boundary = newBoundary();
		return {
			headers: new Map([['Content-Type', `multipart/related; boundary="${boundary}"`]]),
			body: formatMultipart(boundary, parts)
		};
	});
}

function jsonPart(value: object, type = 'application/json'): Part {
	return { headers: new Map([['Content-Type', type]]), body: Buffer.from(JSON.stringify(value)) };
}

function filePart(name: string, type: string, body: Buffer): Part {
	// Quoted as RFC 6266 says; a line break cannot be, and becomes a space.
	const quoted = name.replaceAll(/[\r\n]/g, ' ').replaceAll(/["\\]/g, '\\$&');
	return {
		headers: new Map([
			['Content-Disposition', `attachment; filename="${quoted}"`],
			['Content-Type', type],
			['Content-Length', String(body.length)]
		]),
		body
	};
}

/** A response of parts. `type` is `multipart/related` or `multipart/mixed`. */
export function multipartResponse(type: string, boundary: string, parts: readonly Part[]): Response {
	return new Response(new Uint8Array(formatMultipart(boundary, parts)), {
		headers: { 'Content-Type': `${type}; boundary="${boundary}"` }
	});
}
