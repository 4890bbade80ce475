import { randomUUID } from 'node:crypto';
import { createMiddleware } from 'hono/factory';
import type { ServerEnv } from '../server-env.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { routeFamily, waitsForChanges } from './route-family.ts';

export interface Observers {
	readonly log: Log;
	readonly metrics: Metrics;
	/** Milliseconds on a clock that never goes back. */
	readonly now: () => number;
}

/**
 * One line and one count for each request. The line has the path without its query, and nothing of headers and
 * bodies, where tokens and names stand.
 */
export function observeRequests({ log, metrics, now }: Observers) {
	return createMiddleware<ServerEnv>(async (c, next) => {
		const id = randomUUID();
		const began = now();
		const { method, path } = c.req;
		const waits = waitsForChanges(path, c.req.query('feed'));
		if (waits) {
			metrics.waiting.inc();
			c.env.outgoing.once('close', () => metrics.waiting.dec());
		}
		c.set('requestId', id);
		await next();
		const ms = Math.round(now() - began);
		const { status } = c.res;
		const route = routeFamily(path);
		metrics.requests.inc({ route, method, status });
		if (!waits) metrics.seconds.observe({ route }, ms / 1000);
		c.res.headers.set('X-Request-Id', id);
		const line = { id, method, path, status, ms, account: c.get('user')?.name ?? null };
		if (status >= 500) log.error(line, 'request');
		else log.info(line, 'request');
	});
}
