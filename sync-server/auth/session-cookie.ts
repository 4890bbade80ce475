import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Account } from './account.ts';

/** Seconds a session lasts after its last renewal: a fortnight away from the network must not end one. */
export const sessionSeconds = 14 * 24 * 3600;
/** Seconds after which a session in use is renewed: a tenth of its life. */
const renewalSeconds = sessionSeconds / 10;

/** What a cookie says, before anyone has checked who signed it. */
export interface SessionClaim {
	readonly name: string;
	/** Seconds since 1970. */
	readonly issued: number;
	readonly signature: string;
}

export type SessionState = 'valid' | 'renew' | 'invalid';

/**
 * Signs a session: `<base64url(name)>.<issued, base 36>.<HMAC-SHA-256>`. The HMAC's key is made of the server's
 * secret and the account's salt, so that a new password ends every session given out under the old one.
 */
export function signSession(account: Account, issued: number, secret: Buffer): string {
	const name = Buffer.from(account.name).toString('base64url');
	return `${name}.${issued.toString(36)}.${signatureOf(account, issued, secret)}`;
}

/** Reads a cookie's value; undefined when it is not of the form. */
export function parseSession(value: string): SessionClaim | undefined {
	const match = /^([A-Za-z0-9_-]{1,400})\.([0-9a-z]{1,10})\.([A-Za-z0-9_-]{43})$/.exec(value);
	const [, name, issued, signature] = match ?? [];
	if (!name || !issued || !signature) return undefined;
	return { name: Buffer.from(name, 'base64url').toString(), issued: parseInt(issued, 36), signature };
}

/** @param now seconds since 1970. */
export function checkSession(
	claim: SessionClaim,
	account: Account,
	now: number,
	secret: Buffer
): SessionState {
	if (claim.name !== account.name) return 'invalid';
	const expected = Buffer.from(signatureOf(account, claim.issued, secret));
	const given = Buffer.from(claim.signature);
	if (expected.length !== given.length || !timingSafeEqual(expected, given)) return 'invalid';
	const age = now - claim.issued;
	if (age >= sessionSeconds) return 'invalid';
	return age >= renewalSeconds ? 'renew' : 'valid';
}

function signatureOf({ name, password }: Account, issued: number, secret: Buffer): string {
	const key = createHmac('sha256', secret).update(`session\0${password.salt}`).digest();
	return createHmac('sha256', key).update(`${name}\0${issued}`).digest('base64url');
}
