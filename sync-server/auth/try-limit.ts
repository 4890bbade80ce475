import { createMiddleware } from 'hono/factory';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { CouchError } from '../couch-error.ts';
import type { ServerEnv } from '../server-env.ts';

const triesPerMinute = 10;

/** Lets an address try a one-time link ten times a minute, and answers what no cache may keep. */
export function tryLimit() {
	const limiter = new RateLimiterMemory({ points: triesPerMinute, duration: 60 });
	return createMiddleware<ServerEnv>(async (c, next) => {
		const limited = await limiter.consume(c.get('client').address).catch((error: unknown) => error);
		if (limited instanceof RateLimiterRes && limited.consumedPoints > triesPerMinute) {
			throw new CouchError(429, 'too_many_requests', 'Too many tries. Wait a minute.', {
				'Retry-After': String(Math.max(1, Math.ceil(limited.msBeforeNext / 1000)))
			});
		}
		await next();
	});
}
