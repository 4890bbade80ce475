import { createHash, pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/**
 * How a password is kept, in the fields of a CouchDB user document (CouchDB docs, 1.6.2.3 "Users Documents").
 * The salt is used as the text it is. `simple` (SHA-1 of password and salt) is what CouchDB before
 * 1.3 wrote; `pbkdf2` with `sha` what it wrote before 3.4. Both are read, never written.
 */
export type PasswordHash =
	| {
			readonly password_scheme: 'pbkdf2';
			readonly pbkdf2_prf: Prf;
			readonly iterations: number;
			readonly derived_key: string;
			readonly salt: string;
	  }
	| { readonly password_scheme: 'simple'; readonly password_sha: string; readonly salt: string };

/** CouchDB's names for the pseudo-random function, and OpenSSL's. */
const digests = {
	sha: 'sha1',
	sha224: 'sha224',
	sha256: 'sha256',
	sha384: 'sha384',
	sha512: 'sha512'
} as const;
export type Prf = keyof typeof digests;

const hexPattern = /^(?:[0-9a-f]{2}){16,64}$/i;
/** As in CouchDB (`max_iterations`): more would keep a core busy for seconds at every try. */
const maxIterations = 10_000_000;
const keyBytes = 32;

const derive = promisify(pbkdf2);

/** @param salt text, as CouchDB keeps it: 32 hex digits. */
export async function hashPassword(
	password: string,
	salt: string,
	iterations: number
): Promise<PasswordHash> {
	const key = await derive(password, salt, iterations, keyBytes, digests.sha256);
	return {
		password_scheme: 'pbkdf2',
		pbkdf2_prf: 'sha256',
		iterations,
		derived_key: key.toString('hex'),
		salt
	};
}

export async function isPassword(password: string, hash: PasswordHash): Promise<boolean> {
	const expected = Buffer.from(fingerprintOf(hash), 'hex');
	const actual =
		hash.password_scheme === 'simple'
			? createHash('sha1')
					.update(password + hash.salt)
					.digest()
			: await derive(password, hash.salt, hash.iterations, expected.length, digests[hash.pbkdf2_prf]);
	return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/** What changes whenever the password does, in hex. */
export function fingerprintOf(hash: PasswordHash): string {
	return hash.password_scheme === 'simple' ? hash.password_sha : hash.derived_key;
}

/** The password's hash in a user document, or undefined when there is none that can be verified. */
export function readPasswordHash(doc: Readonly<Record<string, unknown>>): PasswordHash | undefined {
	const { password_scheme, pbkdf2_prf = 'sha', iterations, derived_key, password_sha, salt } = doc;
	if (typeof salt !== 'string' || salt === '') return undefined;
	if (password_scheme === 'simple') {
		return isHex(password_sha) ? { password_scheme, password_sha, salt } : undefined;
	}
	if (password_scheme !== 'pbkdf2' || !isPrf(pbkdf2_prf)) return undefined;
	if (typeof iterations !== 'number' || !Number.isInteger(iterations)) return undefined;
	if (iterations < 1 || iterations > maxIterations) return undefined;
	return isHex(derived_key) ? { password_scheme, pbkdf2_prf, iterations, derived_key, salt } : undefined;
}

function isPrf(value: unknown): value is Prf {
	return typeof value === 'string' && Object.hasOwn(digests, value);
}

function isHex(value: unknown): value is string {
	return typeof value === 'string' && hexPattern.test(value);
}
