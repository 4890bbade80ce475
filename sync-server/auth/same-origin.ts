import { createMiddleware } from 'hono/factory';
import { forbidden } from '../couch-error.ts';
import type { ServerEnv } from '../server-env.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses requests that another site makes a browser send (CSRF), whatever their content type. Fetch Metadata
 * decides where the browser sends it; else the Origin (RFC 6454) must be ours. Programs send neither.
 */
export const sameOrigin = createMiddleware<ServerEnv>(async (c, next) => {
	if (!safeMethods.has(c.req.method) && isForeign(c.req.raw.headers, c.get('client').host)) {
		throw forbidden('The request comes from another site.');
	}
	await next();
});

function isForeign(headers: Headers, host: string): boolean {
	const site = headers.get('sec-fetch-site');
	if (site !== null) return site !== 'same-origin' && site !== 'none';
	const origin = headers.get('origin');
	if (origin === null) return false;
	return !URL.canParse(origin) || new URL(origin).host !== host;
}
