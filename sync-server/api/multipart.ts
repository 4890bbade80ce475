import { badRequest } from '../couch-error.ts';

/** A part of a multipart body (RFC 2046); header names in lower case. */
export interface Part {
	readonly headers: ReadonlyMap<string, string>;
	readonly body: Buffer;
}

const crlf = Buffer.from('\r\n');
const dashes = Buffer.from('--');
const space = 0x20;
const tab = 0x09;
const maxHeaderBytes = 8 * 1024;
const boundaryPattern = /;\s*boundary=(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))/i;

/** The boundary in a Content-Type. @throws CouchError 400 when there is none. */
export function boundaryOf(contentType: string): string {
	const [, quoted, bare] = boundaryPattern.exec(contentType) ?? [];
	const boundary = quoted ?? bare;
	if (boundary === undefined) throw badRequest('multipart without a boundary');
	return boundary;
}

/**
 * The parts of a multipart body. A part without headers is taken: CouchDB's own manual sends attachments so.
 * @throws CouchError 400 when the body is not whole, or has more than `maxParts` parts.
 */
export function parseMultipart(body: Buffer, boundary: string, maxParts: number): readonly Part[] {
	const parts: Part[] = [];
	let open = nextDelimiter(body, boundary, 0);
	while (open && !open.isLast) {
		if (parts.length === maxParts) throw badRequest(`multipart with more than ${maxParts} parts`);
		// The line break before a delimiter belongs to it; the one that ends a delimiter may be that break too.
		const close = nextDelimiter(body, boundary, open.end - crlf.length);
		if (!close) throw badRequest('multipart without an end');
		parts.push(parsePart(body.subarray(open.end, Math.max(open.end, close.start))));
		open = close;
	}
	if (!open) throw badRequest('multipart without a beginning');
	return parts;
}

interface Delimiter {
	/** Where the line break before it begins. */
	readonly start: number;
	/** Where the part after it begins. */
	readonly end: number;
	readonly isLast: boolean;
}

/** `--boundary` at the start of a line and alone on it: what only begins so is content. */
function nextDelimiter(body: Buffer, boundary: string, from: number): Delimiter | undefined {
	const mark = Buffer.from(`--${boundary}`);
	for (let at = body.indexOf(mark, from); at >= 0; at = body.indexOf(mark, at + 1)) {
		const startsLine = at === 0 || body.subarray(at - crlf.length, at).equals(crlf);
		if (!startsLine) continue;
		const start = Math.max(0, at - crlf.length);
		let end = at + mark.length;
		if (startsWith(body, dashes, end)) return { start, end, isLast: true };
		while (body[end] === space || body[end] === tab) end += 1;
		if (startsWith(body, crlf, end)) return { start, end: end + crlf.length, isLast: false };
	}
	return undefined;
}

function startsWith(body: Buffer, start: Buffer, at: number): boolean {
	return body.subarray(at, at + start.length).equals(start);
}

function parsePart(bytes: Buffer): Part {
	if (startsWith(bytes, crlf, 0)) return { headers: new Map(), body: bytes.subarray(crlf.length) };
	const end = bytes.indexOf('\r\n\r\n');
	if (end < 0 || end > maxHeaderBytes) throw badRequest('a part of a multipart without a body');
	return {
		headers: parseHeaders(bytes.toString('utf8', 0, end)),
		body: bytes.subarray(end + 2 * crlf.length)
	};
}

function parseHeaders(text: string): ReadonlyMap<string, string> {
	return new Map(
		text.split('\r\n').map((line) => {
			const colon = line.indexOf(':');
			if (colon < 1) throw badRequest('a malformed header in a multipart');
			return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
		})
	);
}

/** Writes what `parseMultipart` reads. The boundary must not occur in a part: take a random one. */
export function formatMultipart(boundary: string, parts: readonly Part[]): Buffer {
	const delimiter = Buffer.from(`--${boundary}\r\n`);
	const pieces = parts.flatMap(({ headers, body }) => {
		const lines = [...headers].map(([name, value]) => `${name}: ${value}\r\n`).join('');
		return [delimiter, Buffer.from(`${lines}\r\n`), body, crlf];
	});
	return Buffer.concat([...pieces, Buffer.from(`--${boundary}--`)]);
}
