import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { CouchError } from '../couch-error.ts';

/** So many tries in so many seconds. */
export interface Allowance {
	readonly tries: number;
	readonly seconds: number;
	/** Counts all addresses as one. */
	readonly everyone?: boolean;
}

/** Of an IPv6 address with its zone; what a proxy sends may be longer. */
const maxAddress = 64;

/**
 * Limits tries. Each counts before it is looked at, so that many at once count as many, and may be taken back. A
 * try that one allowance stops counts for none after it.
 */
export class RateLimit {
	readonly #limiters: readonly { readonly everyone: boolean; readonly limiter: RateLimiterMemory }[];

	constructor(allowances: readonly Allowance[]) {
		this.#limiters = allowances.map(({ tries, seconds, everyone = false }) => ({
			everyone,
			limiter: new RateLimiterMemory({ points: tries, duration: seconds })
		}));
	}

	/** @throws CouchError 429 when there were too many. */
	async enter(address: string): Promise<void> {
		for (const { everyone, limiter } of this.#limiters) {
			try {
				await limiter.consume(keyOf(address, everyone));
			} catch (rejected) {
				if (!(rejected instanceof RateLimiterRes)) throw rejected;
				const seconds = Math.max(1, Math.ceil(rejected.msBeforeNext / 1000));
				throw new CouchError(429, 'too_many_requests', `Too many tries. Try again in ${seconds} seconds.`, {
					'Retry-After': String(seconds)
				});
			}
		}
	}

	/** Takes a try back: it was no guess. */
	async forgive(address: string): Promise<void> {
		await Promise.all(
			this.#limiters.map(({ everyone, limiter }) => limiter.reward(keyOf(address, everyone), 1))
		);
	}
}

function keyOf(address: string, everyone: boolean): string {
	return everyone ? '' : address.slice(0, maxAddress);
}
