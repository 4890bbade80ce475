import type { SyncTrouble } from '#records/sync-status.ts';

/** Why a request came to nothing. `status` is the server's answer; without it there was none. */
export class WireError extends Error {
	readonly trouble: SyncTrouble;
	readonly status: number | undefined;
	/** The server's own words. */
	readonly reason: string;

	constructor(status: number | undefined, reason: string, cause?: unknown) {
		super(status === undefined ? `no answer: ${reason}` : `${status}: ${reason}`, { cause });
		this.name = 'WireError';
		this.trouble = troubleOf(status);
		this.status = status;
		this.reason = reason;
	}
}

function troubleOf(status: number | undefined): SyncTrouble {
	if (status === undefined) return 'offline';
	if (status === 401) return 'signed-out';
	return status === 403 ? 'forbidden' : 'server';
}

/**
 * Any failure of a request in one form. PouchDB rejects with CouchDB's error body, to which it adds
 * the HTTP status; what has none never was an answer: no network, a cut connection, a page of a
 * captive portal where JSON was expected.
 */
export function toWireError(error: unknown): WireError {
	if (error instanceof WireError) return error;
	if (typeof error !== 'object' || error === null) return new WireError(undefined, String(error), error);
	const status = 'status' in error && typeof error.status === 'number' ? error.status : undefined;
	const reason = 'reason' in error && typeof error.reason === 'string' ? error.reason : undefined;
	const message = 'message' in error && typeof error.message === 'string' ? error.message : 'unknown';
	return new WireError(status, reason ?? message, error);
}
