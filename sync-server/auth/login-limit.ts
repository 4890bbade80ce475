import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { isAuthor } from '#records/check-revision.ts';

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

/** Of an IPv6 address with its zone; what a proxy sends may be longer. */
const maxAddress = 64;

/**
 * The address is asked first, and an attempt that one limit stops counts for none after it: so an address leaves
 * at most as many keys behind as it has tries.
 */
export function loginLimit(): LoginLimit {
	const limits = [
		{ failures: 100, keyOf: addressKey },
		{ failures: 10, keyOf: (attempt: Attempt) => `${addressKey(attempt)} ${nameKey(attempt)}` },
		{ failures: 30, keyOf: nameKey }
	].map(({ failures, keyOf }) => ({
		keyOf,
		limiter: new RateLimiterMemory({ points: failures, duration: windowSeconds })
	}));

	return {
		async enter(attempt) {
			for (const { limiter, keyOf } of limits) {
				const seconds = await waitFor(limiter, keyOf(attempt));
				if (seconds > 0) return seconds;
			}
			return 0;
		},
		async succeeded(attempt) {
			await Promise.all(limits.map(({ limiter, keyOf }) => limiter.reward(keyOf(attempt), 1)));
		}
	};
}

function addressKey({ address }: Attempt): string {
	return address.slice(0, maxAddress);
}

/** No account has a name that is not an author's: all of those are one. */
function nameKey({ name }: Attempt): string {
	return isAuthor(name) ? name : '';
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
