import { isJsonObject } from '#records/json.ts';
import type { StoredDoc } from '../storage/stored-doc.ts';
import { generationOf } from './document-id.ts';
import { pathOf } from './open-revs.ts';

/** An attachment as the engine gives it out, with its bytes when they were asked for. */
export interface StoredAttachment {
	readonly content_type: string;
	readonly digest: string;
	readonly revpos: number;
	readonly length?: number;
	readonly stub?: boolean;
	readonly data?: Buffer;
}

export function attachmentsOf(doc: StoredDoc): readonly (readonly [string, StoredAttachment])[] {
	const { _attachments } = doc;
	if (!isJsonObject(_attachments)) return [];
	return Object.entries(_attachments).map(([name, entry]) => [name, toAttachment(name, entry)]);
}

function toAttachment(name: string, entry: unknown): StoredAttachment {
	if (!isJsonObject(entry)) throw new TypeError(`not an attachment: ${name}`);
	const { content_type, digest, revpos, length }: Record<string, unknown> = entry;
	const data: unknown = entry['data'];
	if (typeof content_type !== 'string' || typeof digest !== 'string' || typeof revpos !== 'number') {
		throw new TypeError(`not an attachment: ${name}`);
	}
	const attachment = { content_type, digest, revpos };
	if (Buffer.isBuffer(data)) return { ...attachment, data };
	return typeof length === 'number' ? { ...attachment, length, stub: true } : { ...attachment, stub: true };
}

/** The document with every attachment's bytes as base64, as JSON has them. */
export function withBase64(doc: StoredDoc): StoredDoc {
	const attachments = attachmentsOf(doc);
	if (attachments.length === 0) return doc;
	return withAttachments(
		doc,
		attachments.map(([name, { data, ...entry }]) => [
			name,
			data ? { ...entry, data: data.toString('base64') } : entry
		])
	);
}

/**
 * The document with stubs for attachments that a client has already which knows one of the revisions
 * `known` (CouchDB's `atts_since`).
 */
export function withoutKnownAttachments(doc: StoredDoc, known: readonly string[]): StoredDoc {
	const attachments = attachmentsOf(doc);
	const path = pathOf(doc);
	const since = Math.max(0, ...known.filter((rev) => path.includes(rev)).map(generationOf));
	if (attachments.length === 0 || since === 0) return doc;
	return withAttachments(
		doc,
		attachments.map(([name, entry]) => [name, entry.revpos > since ? entry : asStub(entry)])
	);
}

function asStub({ data, ...entry }: StoredAttachment): StoredAttachment {
	return data ? { ...entry, length: data.length, stub: true } : { ...entry, stub: true };
}

export function withAttachments<Doc extends object>(
	doc: Doc,
	entries: readonly (readonly [string, object])[]
): Doc & { readonly _attachments: Readonly<Record<string, object>> } {
	return { ...doc, _attachments: Object.fromEntries(entries) };
}
