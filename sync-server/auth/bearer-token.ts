import type { Context } from 'hono';

/** The token of `Authorization: Bearer <token>` (RFC 6750, 2.1), `''` without one. Unlike a query it stays out of logs. */
export function bearerToken(c: Context): string {
	return /^Bearer +(\S+)$/i.exec(c.req.header('Authorization') ?? '')?.[1] ?? '';
}
