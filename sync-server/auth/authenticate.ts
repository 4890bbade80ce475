import { createHmac, randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Account, Accounts } from './account.ts';
import type { LoginLimit } from './login-limit.ts';
import { fingerprintOf, isPassword, type PasswordHash } from './password.ts';
import { Slots } from './slots.ts';

export interface Credentials {
	readonly name: string;
	readonly password: string;
}

export type Authenticated =
	| { readonly outcome: 'welcome'; readonly account: Account }
	/** Wrong name or wrong password: which of them is not said. */
	| { readonly outcome: 'refused' }
	| { readonly outcome: 'wait'; readonly seconds: number };

export type Authenticate = (credentials: Credentials, address: string) => Promise<Authenticated>;

/** Credentials remembered as verified; a program that sends them with each request pays for one hash. */
const maxRemembered = 1000;
/**
 * Passwords hashed at once: Node has four threads for them and for the databases, and a morning on which everybody
 * signs in must not keep those who have a session from theirs.
 */
const hashedAtOnce = Math.max(1, Math.min(availableParallelism() - 1, 3));

/**
 * Verifies names and passwords. An unknown name takes as long as a wrong password. A password that was verified
 * is remembered by its HMAC under a key of this process, together with the hash it was verified against:
 * when the account changes, what was remembered no longer fits.
 */
export function authenticator(accounts: Accounts, limit: LoginLimit, iterations: number): Authenticate {
	const key = randomBytes(32);
	const verified = new Map<string, Promise<boolean>>();
	const slots = new Slots(hashedAtOnce);
	const nobodysHash: PasswordHash = {
		password_scheme: 'pbkdf2',
		pbkdf2_prf: 'sha256',
		iterations,
		derived_key: randomBytes(32).toString('hex'),
		salt: randomBytes(16).toString('hex')
	};

	return async ({ name, password }, address) => {
		const account = await accounts.find(name);
		const hash = account?.password ?? nobodysHash;
		const memory = createHmac('sha256', key)
			.update(JSON.stringify([name, password, fingerprintOf(hash)]))
			.digest('base64');
		const known = verified.get(memory);
		if (known && account && (await known)) return { outcome: 'welcome', account };

		const attempt = { name, address };
		const seconds = await limit.enter(attempt);
		if (seconds > 0) return { outcome: 'wait', seconds };
		// Requests that arrive together with the same password share one hashing.
		const verifying = verified.get(memory) ?? slots.run(() => isPassword(password, hash));
		verified.set(memory, verifying);
		let right = false;
		try {
			right = await verifying;
		} finally {
			if (!right) verified.delete(memory);
		}
		if (!right || !account) return { outcome: 'refused' };
		const [oldest] = verified.keys();
		if (verified.size > maxRemembered && oldest) verified.delete(oldest);
		await limit.succeeded(attempt);
		return { outcome: 'welcome', account };
	};
}
