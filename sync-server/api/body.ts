import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { isJsonObject, type JsonObject } from '#records/json.ts';
import { badContentType, badRequest, CouchError, tooLarge } from '../couch-error.ts';

const inflate = promisify(gunzip);

/**
 * Bytes read of a body before the connection is closed on it. What is too large but no larger than
 * this is read to its end and thrown away: a client still writing would see a reset instead of the
 * answer (RFC 9112, section 9.6).
 */
const patience = 64 * 1024 * 1024;

/** What has headers and a body. */
type Message = Pick<Request, 'headers' | 'body'>;

/**
 * The body of a request, inflated when it is gzip-encoded.
 * @throws CouchError 413 when it is larger than `maxBytes`, before or after inflating.
 */
export async function readBody(request: Message, maxBytes: number): Promise<Buffer> {
	const body = await collect(request, maxBytes);
	const encoding = request.headers.get('Content-Encoding')?.toLowerCase() ?? 'identity';
	if (encoding === 'identity') return body;
	if (encoding === 'gzip') return await inflateBounded(body, maxBytes);
	throw new CouchError(415, 'bad_ctype', `Unsupported Content-Encoding ${encoding}`);
}

/** @throws CouchError 400 when `bytes` are not gzip, 413 when they hold more than `maxBytes`. */
export async function inflateBounded(bytes: Buffer, maxBytes: number): Promise<Buffer> {
	try {
		return await inflate(bytes, { maxOutputLength: maxBytes });
	} catch (error) {
		if (error instanceof RangeError) throw tooLarge(`the request holds more than ${maxBytes} bytes`);
		throw badRequest('invalid gzip data');
	}
}

/** The JSON object in a body that must say it is JSON. */
export async function readJsonObject(request: Request, maxBytes: number): Promise<JsonObject> {
	if (mediaType(request) !== 'application/json') throw badContentType();
	const value = parseJson(await readBody(request, maxBytes));
	if (!isJsonObject(value)) throw badRequest('Request body must be a JSON object');
	return value;
}

/** @throws CouchError 400 in CouchDB's words. */
export function parseJson(bytes: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch {
		throw badRequest('invalid UTF-8 JSON');
	}
}

/** The media type without parameters, in lower case. */
export function mediaType(request: Request): string {
	return (request.headers.get('Content-Type') ?? '').split(';', 1).join('').trim().toLowerCase();
}

async function collect(request: Message, maxBytes: number): Promise<Buffer> {
	const tooMuch = `the request is larger than ${maxBytes} bytes`;
	// The rest is not read: what would come next on this connection could not be told from it.
	const endless = () => new CouchError(413, 'too_large', tooMuch, { Connection: 'close' });
	if (Number(request.headers.get('Content-Length') ?? 0) > patience) throw endless();
	if (!request.body) return Buffer.alloc(0);
	const chunks: Uint8Array[] = [];
	let length = 0;
	// Without cancelling: that would close the connection before it is told why.
	for await (const chunk of request.body.values({ preventCancel: true })) {
		length += chunk.byteLength;
		if (length > patience) throw endless();
		if (length <= maxBytes) chunks.push(chunk);
	}
	if (length > maxBytes) throw tooLarge(tooMuch);
	return Buffer.concat(chunks);
}
