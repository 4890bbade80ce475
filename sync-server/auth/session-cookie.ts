import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Device } from '../devices/device.ts';
import type { Account } from './account.ts';

/** Seconds a session lasts after its last renewal: a fortnight away from the network must not end one. */
export const sessionSeconds = 14 * 24 * 3600;
/** Seconds after which a session in use is renewed: a tenth of its life. */
const renewalSeconds = sessionSeconds / 10;

/** What a cookie says, before anyone has checked who signed it. */
export interface SessionClaim {
	readonly name: string;
	readonly device: string;
	/** Seconds since 1970. */
	readonly issued: number;
	readonly signature: string;
}

/** The device a session is on; another `session` ends all it had. */
export type SessionDevice = Pick<Device, 'device' | 'session'>;

export type SessionState = 'valid' | 'renew' | 'invalid';

/**
 * Signs a session: `<base64url(name)>.<device>.<issued, base 36>.<HMAC-SHA-256>`. The HMAC's key is made of the
 * server's secret, the account's salt and the device's `session`: a new password ends every session given out under
 * the old one, and what ends a device's sessions ends them for good.
 */
export function signSession(account: Account, device: SessionDevice, issued: number, secret: Buffer): string {
	const name = Buffer.from(account.name).toString('base64url');
	const signature = signatureOf(account, device, issued, secret);
	return `${name}.${device.device}.${issued.toString(36)}.${signature}`;
}

/** Reads a cookie's value; undefined when it is not of the form. */
export function parseSession(value: string): SessionClaim | undefined {
	const form = /^([A-Za-z0-9_-]{1,400})\.([A-Za-z0-9_-]{1,64})\.([0-9a-z]{1,10})\.([A-Za-z0-9_-]{43})$/;
	const [, name, device, issued, signature] = form.exec(value) ?? [];
	if (!name || !device || !issued || !signature) return undefined;
	return { name: Buffer.from(name, 'base64url').toString(), device, issued: parseInt(issued, 36), signature };
}

/** @param now seconds since 1970. */
export function checkSession(
	claim: SessionClaim,
	account: Account,
	device: SessionDevice,
	now: number,
	secret: Buffer
): SessionState {
	if (claim.name !== account.name || claim.device !== device.device) return 'invalid';
	const expected = Buffer.from(signatureOf(account, device, claim.issued, secret));
	const given = Buffer.from(claim.signature);
	if (expected.length !== given.length || !timingSafeEqual(expected, given)) return 'invalid';
	const age = now - claim.issued;
	if (age >= sessionSeconds) return 'invalid';
	return age >= renewalSeconds ? 'renew' : 'valid';
}

function signatureOf(
	{ name, password }: Account,
	{ device, session }: SessionDevice,
	issued: number,
	secret: Buffer
): string {
	const key = createHmac('sha256', secret).update(`session\0${password.salt}\0${session}`).digest();
	return createHmac('sha256', key).update(`${name}\0${device}\0${issued}`).digest('base64url');
}
