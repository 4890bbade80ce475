import type { WireError } from './wire-error.ts';

/** What to do after a batch was not taken. */
export type SendStep =
	/** The database is not there. */
	| 'create'
	/** Something in the batch may be to blame: try its halves. */
	| 'halve'
	/** The server will not take this document. */
	| 'refuse'
	/** The server fails on this document; it waits, the others go on. */
	| 'skip'
	/** No use in going on now. */
	| 'stop';

/** So many failures in a row are not one bad document: halving 400 finds it in nine. */
const patience = 12;

/** The next step after `error` for a batch of `size` documents, `failures` in a row with this one. */
export function sendStep({ status }: WireError, size: number, failures: number): SendStep {
	if (status === undefined || status === 401 || failures >= patience) return 'stop';
	if (status === 404) return 'create';
	if (status === 403) return 'refuse';
	if (status === 408 || status === 429) return 'stop';
	if (status < 500) return size > 1 ? 'halve' : 'refuse';
	if (status === 500) return size > 1 ? 'halve' : 'skip';
	return 'stop';
}

/**
 * How many records one request carries: fewer after one was lost on the way, slowly more again. A day of one worker at
 * once, some 30 KB compressed: each request more is a kilobyte of headers.
 */
export const mostInBatch = 400;
const leastInBatch = 10;

export function nextBatchSize(size: number, arrived: boolean): number {
	return arrived ? Math.min(mostInBatch, size * 2) : Math.max(leastInBatch, Math.floor(size / 2));
}
