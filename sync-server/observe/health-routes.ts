import { Hono } from 'hono';
import type { ServerEnv } from '../server-env.ts';

/**
 * CouchDB's `/_up`: 200 while this server can read its databases. @param probe reads something and throws when it
 * cannot.
 */
export function healthRoutes(probe: () => Promise<unknown>): Hono<ServerEnv> {
	return new Hono<ServerEnv>().get('/', async (c) => {
		c.header('Cache-Control', 'no-store');
		await probe();
		return c.json({ status: 'ok', seeds: {} });
	});
}
