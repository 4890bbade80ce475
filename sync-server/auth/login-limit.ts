import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Who tries to log in. */
export interface Attempt {
	readonly name: string;
	readonly address: string;
}

/**
 * Slows down guessing. Counts before the password is looked at, so that many tries at once count as many.
 * A whole office shares one address, so that one may fail more often than one account; an account tried from all
 * over the world is closed for a while whoever tries.
 */
export interface LoginLimit {
	/** Seconds to wait when there were too many failures; 0 when the attempt may go on. */
	enter(attempt: Attempt): Promise<number>;
	/** Takes the attempt back: it was no failure. */
	succeeded(attempt: Attempt): Promise<void>;
}

const windowSeconds = 15 * 60;

export function loginLimit(): LoginLimit {
	const limits = [
		{ failures: 10, keyOf: ({ name, address }: Attempt) => `${address} ${name}` },
		{ failures: 30, keyOf: ({ name }: Attempt) => name },
		{ failures: 100, keyOf: ({ address }: Attempt) => address }
	].map(({ failures, keyOf }) => ({
		keyOf,
		limiter: new RateLimiterMemory({ points: failures, duration: windowSeconds })
	}));

	return {
		async enter(attempt) {
			const waits = await Promise.all(limits.map(({ limiter, keyOf }) => waitFor(limiter, keyOf(attempt))));
			return Math.max(...waits);
		},
		async succeeded(attempt) {
			await Promise.all(limits.map(({ limiter, keyOf }) => limiter.reward(keyOf(attempt), 1)));
		}
	};
}

async function waitFor(limiter: RateLimiterMemory, key: string): Promise<number> {
	try {
		await limiter.consume(key);
		return 0;
	} catch (rejected) {
		if (rejected instanceof RateLimiterRes) return Math.max(1, Math.ceil(rejected.msBeforeNext / 1000));
		throw rejected;
	}
}
