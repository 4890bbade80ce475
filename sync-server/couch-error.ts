import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** CouchDB's error body. */
export interface CouchErrorBody {
	readonly error: string;
	readonly reason: string;
}

/** Ends a request with CouchDB's status and body; the one place that writes it is the app's `onError`. */
export class CouchError extends Error {
	readonly status: ContentfulStatusCode;
	readonly body: CouchErrorBody;
	readonly headers: Readonly<Record<string, string>>;

	constructor(
		status: ContentfulStatusCode,
		error: string,
		reason: string,
		headers: Readonly<Record<string, string>> = {}
	) {
		super(`${status} ${error}: ${reason}`);
		this.name = 'CouchError';
		this.status = status;
		this.body = { error, reason };
		this.headers = headers;
	}
}

export const badRequest = (reason: string) => new CouchError(400, 'bad_request', reason);
export const unauthorized = (reason = 'You are not authorized to access this db.') =>
	new CouchError(401, 'unauthorized', reason);
export const forbidden = (reason = 'You are not allowed to access this db.') =>
	new CouchError(403, 'forbidden', reason);
export const notFound = (reason = 'missing') => new CouchError(404, 'not_found', reason);
export const methodNotAllowed = (allowed: readonly string[]) =>
	new CouchError(405, 'method_not_allowed', `Only ${allowed.join(',')} allowed`, {
		Allow: allowed.join(', ')
	});
export const conflict = () => new CouchError(409, 'conflict', 'Document update conflict.');
export const tooLarge = (reason: string) => new CouchError(413, 'too_large', reason);
export const badContentType = (reason = 'Content-Type must be application/json') =>
	new CouchError(415, 'bad_content_type', reason);
