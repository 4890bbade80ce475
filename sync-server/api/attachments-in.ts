import { gunzipSync } from 'node:zlib';
import { isJsonObject } from '#records/json.ts';
import { badRequest, tooLarge } from '../couch-error.ts';
import type { AttachmentBytes } from '../storage/stored-doc.ts';
import type { CouchLimits } from './limits.ts';

/** RFC 4648 section 4. */
const base64Pattern = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;
const defaultType = 'application/octet-stream';

/** Stands for an attachment that stays as it was: `resolve-stubs.ts` finds out how. */
export interface Stub {
	readonly stub: true;
}

/**
 * `_attachments` as sent, with bytes in place of base64; undefined when there are none.
 * @throws CouchError when one is neither bytes nor a stub, or is too large.
 */
export function shapeAttachments(
	value: unknown,
	limits: CouchLimits
): Readonly<Record<string, AttachmentBytes | Stub>> | undefined {
	if (value === undefined) return undefined;
	if (!isJsonObject(value)) throw badRequest('Attachments must be a JSON object');
	const entries = Object.entries(value);
	if (entries.length === 0) return undefined;
	return Object.fromEntries(
		entries.map(([name, entry]) => [checkName(name), shapeAttachment(name, entry, limits)])
	);
}

/** @throws CouchError when a document cannot have an attachment of that name. */
export function checkName(name: string): string {
	if (name.startsWith('_'))
		throw badRequest(`Attachment name '${name}' starts with prohibited character '_'`);
	if (name === '' || !name.isWellFormed()) throw badRequest('Attachment name is not UTF-8 encoded');
	return name;
}

function shapeAttachment(name: string, entry: unknown, limits: CouchLimits): AttachmentBytes | Stub {
	if (!isJsonObject(entry)) throw badRequest(`Attachment '${name}' must be a JSON object`);
	if (entry['stub'] === true) return { stub: true };
	const { content_type = defaultType, data, encoding } = entry;
	if (typeof content_type !== 'string' || !/^[\x20-\x7e]{1,255}$/.test(content_type)) {
		throw badRequest(`Attachment '${name}' has an invalid content_type`);
	}
	const bytes = bytesOf(name, data, limits.attachmentBytes);
	return { content_type, data: encoding === 'gzip' ? inflate(bytes, limits.attachmentBytes) : bytes };
}

function bytesOf(name: string, data: unknown, maxBytes: number): Buffer {
	if (Buffer.isBuffer(data)) return data;
	if (typeof data !== 'string' || !base64Pattern.test(data)) {
		throw badRequest(`Invalid attachment data for ${name}`);
	}
	const bytes = Buffer.from(data, 'base64');
	if (bytes.length > maxBytes) throw tooLarge(`Attachment '${name}' is larger than ${maxBytes} bytes`);
	return bytes;
}

/** An attachment that was sent compressed is stored as what it holds. */
function inflate(bytes: Buffer, maxBytes: number): Buffer {
	try {
		return gunzipSync(bytes, { maxOutputLength: maxBytes });
	} catch (error) {
		if (error instanceof RangeError) throw tooLarge(`an attachment holds more than ${maxBytes} bytes`);
		throw badRequest('invalid gzip data');
	}
}
