import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a challenge is for: another purpose, account or host makes it worthless. `account` is empty at a login. */
export interface ChallengeUse {
	readonly purpose: 'register' | 'login';
	readonly account: string;
	readonly host: string;
}

const lifetimeMs = 5 * 60 * 1000;
const chanceBytes = 18;
const timeBytes = 6;
/** More than can be spent within a lifetime by anyone who is let in so often. */
const maxSpent = 10_000;

/**
 * Challenges for WebAuthn (Level 3, section 13.4.3), in bytes: 18 of chance, the time at which it ends (6, big
 * endian, milliseconds), and an HMAC-SHA-256 over both and its use (32). So nobody fills this server's memory by
 * asking for them; only those spent are kept, until they end.
 */
export class Challenges {
	readonly #key: Buffer;
	readonly #now: () => number;
	/** By challenge, in base64url: when it ends. */
	readonly #spent = new Map<string, number>();

	/** @param secret the server's. @param now milliseconds since 1970. */
	constructor(secret: Buffer, now: () => number) {
		this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'zhonggeng challenges', 32));
		this.#now = now;
	}

	make(use: ChallengeUse): Uint8Array<ArrayBuffer> {
		const open = Buffer.alloc(chanceBytes + timeBytes);
		randomBytes(chanceBytes).copy(open);
		open.writeUIntBE(this.#now() + lifetimeMs, chanceBytes, timeBytes);
		return Uint8Array.from(Buffer.concat([open, this.#sign(open, use)]));
	}

	/** Whether it was made here for this use, has not ended and was not spent. @param challenge base64url. */
	isOpen(challenge: string, use: ChallengeUse): boolean {
		const bytes = Buffer.from(challenge, 'base64url');
		const open = bytes.subarray(0, chanceBytes + timeBytes);
		const expected = this.#sign(open, use);
		const given = bytes.subarray(open.length);
		if (open.length !== chanceBytes + timeBytes || given.length !== expected.length) return false;
		if (!timingSafeEqual(given, expected) || bytes.toString('base64url') !== challenge) return false;
		return this.#now() < open.readUIntBE(chanceBytes, timeBytes) && !this.#spent.has(challenge);
	}

	/** False when it was spent before, or no more can be kept in mind. */
	spend(challenge: string): boolean {
		const now = this.#now();
		for (const [old, ends] of this.#spent) if (ends <= now) this.#spent.delete(old);
		if (this.#spent.has(challenge) || this.#spent.size >= maxSpent) return false;
		this.#spent.set(challenge, now + lifetimeMs);
		return true;
	}

	#sign(open: Buffer, { purpose, account, host }: ChallengeUse): Buffer {
		const use = JSON.stringify([purpose, account, host]);
		return createHmac('sha256', this.#key).update(open).update(use).digest();
	}
}
