import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { bearerToken } from '../auth/bearer-token.ts';
import { forbidden, unauthorized } from '../couch-error.ts';
import type { ServerEnv } from '../server-env.ts';
import type { Metrics } from './metrics.ts';

/**
 * Prometheus' text format. With a token, for whoever sends it as `Authorization: Bearer`; without, for this
 * machine alone.
 */
export function metricsRoutes(metrics: Metrics, token: string | undefined): Hono<ServerEnv> {
	return new Hono<ServerEnv>().get('/', async (c) => {
		if (token !== undefined) {
			if (!isSame(bearerToken(c), token)) throw unauthorized('Send METRICS_TOKEN as a bearer token.');
		} else if (!c.get('client').local) {
			throw forbidden('Set METRICS_TOKEN to read metrics from elsewhere.');
		}
		return c.body(await metrics.registry.metrics(), 200, {
			'Content-Type': metrics.registry.contentType,
			'Cache-Control': 'no-store'
		});
	});
}

function isSame(given: string, expected: string): boolean {
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(given), digest(expected));
}
