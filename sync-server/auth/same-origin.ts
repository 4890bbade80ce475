import { createMiddleware } from 'hono/factory';
import { forbidden } from '../couch-error.ts';
import type { ServerEnv } from '../server-env.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Where a browser would show the answer itself (Fetch Metadata, 2.1), outside the app and whatever lock it has. */
const shown = new Set(['document', 'iframe', 'frame', 'embed', 'object']);

/**
 * Refuses requests that another site makes a browser send (CSRF), whatever their content type. Fetch Metadata
 * decides where the browser sends it; else the Origin (RFC 6454) must be ours. Programs send neither.
 * Data is for the app, never for a tab: on a locked phone, the session must not be read by typing an address.
 */
export const sameOrigin = createMiddleware<ServerEnv>(async (c, next) => {
	if (!safeMethods.has(c.req.method) && isForeign(c.req.raw.headers, c.get('client').host)) {
		throw forbidden('The request comes from another site.');
	}
	if (/^\/(?:db|api)(?:\/|$)/.test(c.req.path) && shown.has(c.req.header('Sec-Fetch-Dest') ?? '')) {
		throw forbidden('This is for the app and for programs, not for reading in a tab.');
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
