import { promisify } from 'node:util';
import { constants, crc32, deflateRaw, inflateRaw } from 'node:zlib';
import type { Changes } from '../storage/database.ts';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** Ends on a byte and not the stream, so that an end can be set behind it (RFC 1951, section 3.2.4). */
const unended = { finishFlush: constants.Z_SYNC_FLUSH };
/** RFC 1952, section 2.3: deflate, no name, no time, an unknown system. */
const gzipHeader = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

/** A page of a feed as JSON text, deflated, up to its end: what is pending behind it changes, the page does not. */
export interface FeedPage {
	readonly last_seq: number;
	readonly deflated: Buffer;
	/** Of the text. */
	readonly bytes: number;
	readonly crc: number;
}

export async function toFeedPage({ results, last_seq }: Changes): Promise<FeedPage> {
	const text = Buffer.from(`{"results":${JSON.stringify(results)},"last_seq":${last_seq}`);
	return { last_seq, deflated: await deflate(text, unended), bytes: text.length, crc: crc32(text) };
}

/** The answer in gzip: the page as it is, and its end in a block that is not compressed. */
export function gzippedPage(page: FeedPage, pending: number): Buffer<ArrayBuffer> {
	const end = endOf(pending);
	const block = Buffer.alloc(5);
	block.writeUInt8(1, 0); // the last block, stored
	block.writeUInt16LE(end.length, 1);
	block.writeUInt16LE(~end.length & 0xffff, 3);
	const trailer = Buffer.alloc(8);
	trailer.writeUInt32LE(crc32(end, page.crc), 0);
	trailer.writeUInt32LE((page.bytes + end.length) >>> 0, 4);
	return Buffer.concat([gzipHeader, page.deflated, block, end, trailer]);
}

/** The answer as it is. */
export async function plainPage(page: FeedPage, pending: number): Promise<Buffer<ArrayBuffer>> {
	return Buffer.concat([await inflate(page.deflated, unended), endOf(pending)]);
}

function endOf(pending: number): Buffer<ArrayBuffer> {
	return Buffer.from(`,"pending":${pending}}`);
}
