import { isJsonObject } from '#records/json.ts';
import { badRequest, tooLarge } from '../couch-error.ts';
import type { AttachmentBytes } from '../storage/stored-doc.ts';
import type { InflateBudget } from './inflate-budget.ts';
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
export async function shapeAttachments(
	value: unknown,
	limits: CouchLimits,
	budget: InflateBudget
): Promise<Readonly<Record<string, AttachmentBytes | Stub>> | undefined> {
	if (value === undefined) return undefined;
	if (!isJsonObject(value)) throw badRequest('Attachments must be a JSON object');
	const shaped: [string, AttachmentBytes | Stub][] = [];
	for (const [name, entry] of Object.entries(value)) {
		shaped.push([checkName(name), await shapeAttachment(name, entry, limits, budget)]);
	}
	return shaped.length === 0 ? undefined : Object.fromEntries(shaped);
}

/** @throws CouchError when a document cannot have an attachment of that name. */
export function checkName(name: string): string {
	if (name.startsWith('_'))
		throw badRequest(`Attachment name '${name}' starts with prohibited character '_'`);
	if (name === '' || !name.isWellFormed()) throw badRequest('Attachment name is not UTF-8 encoded');
	return name;
}

async function shapeAttachment(
	name: string,
	entry: unknown,
	{ attachmentBytes }: CouchLimits,
	budget: InflateBudget
): Promise<AttachmentBytes | Stub> {
	if (!isJsonObject(entry)) throw badRequest(`Attachment '${name}' must be a JSON object`);
	if (entry['stub'] === true) return { stub: true };
	const { content_type = defaultType, data, encoding } = entry;
	if (typeof content_type !== 'string' || !/^[\x20-\x7e]{1,255}$/.test(content_type)) {
		throw badRequest(`Attachment '${name}' has an invalid content_type`);
	}
	const bytes = bytesOf(name, data);
	if (bytes.length > attachmentBytes) {
		throw tooLarge(`Attachment '${name}' is larger than ${attachmentBytes} bytes`);
	}
	// One that was sent compressed is stored as what it holds.
	return {
		content_type,
		data: encoding === 'gzip' ? await budget.inflate(bytes, attachmentBytes) : bytes
	};
}

function bytesOf(name: string, data: unknown): Buffer {
	if (Buffer.isBuffer(data)) return data;
	if (typeof data !== 'string' || !base64Pattern.test(data)) {
		throw badRequest(`Invalid attachment data for ${name}`);
	}
	return Buffer.from(data, 'base64');
}
