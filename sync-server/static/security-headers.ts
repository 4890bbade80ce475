import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';
import type { ServerEnv } from '../server-env.ts';

const halfAYear = 15_552_000;

/** For what is not a page or a script of the app: nothing may run in it. */
const dataPolicy = "default-src 'none'; frame-ancestors 'none'";

/** Says with every answer what a browser may do with it. @param appPolicy the app's Content-Security-Policy. */
export function securityHeaders(appPolicy: string) {
	const common = {
		crossOriginResourcePolicy: 'same-origin',
		// Only over HTTPS, see below.
		strictTransportSecurity: false,
		// For browsers that no longer exist.
		xDnsPrefetchControl: false,
		xDownloadOptions: false,
		xPermittedCrossDomainPolicies: false,
		xXssProtection: false
	} as const;
	const ofPages = secureHeaders({
		...common,
		crossOriginOpenerPolicy: 'same-origin',
		referrerPolicy: 'no-referrer',
		xFrameOptions: 'DENY',
		permissionsPolicy: { camera: ['self'], geolocation: [], microphone: [], payment: [], usb: [] }
	});
	// A phone asks for data often, and what only concerns a page would be most of an answer.
	const ofData = secureHeaders({
		...common,
		crossOriginOpenerPolicy: false,
		originAgentCluster: false,
		referrerPolicy: false,
		xFrameOptions: false
	});
	return createMiddleware<ServerEnv>(async (c, next) => {
		const isData = c.req.path.startsWith('/db/') || c.req.path.startsWith('/api/');
		await (isData ? ofData : ofPages)(c, next);
		c.res.headers.set('Content-Security-Policy', isData ? dataPolicy : appPolicy);
		// People share devices: what an account may read is in no browser's cache, where no lock reaches it.
		if (isData) c.res.headers.set('Cache-Control', 'no-store');
		if (c.get('client').secure) {
			c.res.headers.set('Strict-Transport-Security', `max-age=${halfAYear}`);
		}
	});
}
