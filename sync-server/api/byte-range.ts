import { CouchError } from '../couch-error.ts';

/** First and last byte, both included. */
export interface ByteRange {
	readonly first: number;
	readonly last: number;
}

/**
 * What a Range header (RFC 9110 section 14.2) asks of `length` bytes. One of another unit, or with more than
 * one range, may be answered with the whole.
 * @throws CouchError 416 for a range outside.
 */
export function byteRange(header: string | null, length: number): ByteRange | 'whole' {
	const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
	if (from === undefined || to === undefined || (from === '' && to === '')) return 'whole';
	const range =
		from === ''
			? { first: Math.max(0, length - Number(to)), last: length - 1 }
			: { first: Number(from), last: Math.min(to === '' ? length - 1 : Number(to), length - 1) };
	if (range.first <= range.last) return range;
	throw new CouchError(416, 'requested_range_not_satisfiable', 'Requested range not satisfiable', {
		'Content-Range': `bytes */${length}`
	});
}
