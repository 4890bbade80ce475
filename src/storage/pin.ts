import type { Lock } from '#records/lock.ts';

/** OWASP's least for PBKDF2 with SHA-256 (Password Storage Cheat Sheet, 2023). */
export const leastIterations = 600_000;
const keyUses: KeyUsage[] = ['encrypt', 'decrypt'];

/** A new random key under this PIN, which so many iterations make slow to guess. */
export async function newLock(
	account: string,
	pin: string,
	iterations: number
): Promise<{ lock: Lock; key: CryptoKey }> {
	const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, keyUses);
	const lock = await wrapped(account, pin, fresh, iterations);
	const key = await keyIn(account, lock, pin, false);
	if (!key) throw new Error('a lock that its own PIN does not open');
	return { lock, key };
}

/** The key, which cannot be taken out of the browser; undefined when the PIN is wrong. */
export function openLock(account: string, lock: Lock, pin: string): Promise<CryptoKey | undefined> {
	return keyIn(account, lock, pin, false);
}

/** The same key under the PIN `next`; undefined when `pin` is wrong. */
export async function rewrapped(
	account: string,
	lock: Lock,
	pin: string,
	next: string,
	iterations: number
): Promise<Lock | undefined> {
	const key = await keyIn(account, lock, pin, true);
	return key && wrapped(account, next, key, iterations);
}

async function wrapped(account: string, pin: string, key: CryptoKey, iterations: number): Promise<Lock> {
	const salt = crypto.getRandomValues(new Uint8Array(16));
	const iv = crypto.getRandomValues(new Uint8Array(12));
	const wrapping = await derived(pin, salt, iterations);
	const sealed = await crypto.subtle.wrapKey('raw', key, wrapping, sealingOf(account, iv));
	return { salt, iterations, iv, wrapped: sealed, failures: 0, notBefore: 0 };
}

async function keyIn(
	account: string,
	lock: Lock,
	pin: string,
	extractable: boolean
): Promise<CryptoKey | undefined> {
	const wrapping = await derived(pin, lock.salt, lock.iterations);
	try {
		return await crypto.subtle.unwrapKey(
			'raw',
			lock.wrapped,
			wrapping,
			sealingOf(account, lock.iv),
			'AES-GCM',
			extractable,
			keyUses
		);
	} catch (error) {
		// What the tag does not fit, another PIN sealed (Web Cryptography, AES-GCM decrypt, step 8).
		if (error instanceof DOMException && error.name === 'OperationError') return undefined;
		throw error;
	}
}

function sealingOf(account: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
	return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(`key of ${account}`) };
}

async function derived(pin: string, salt: Uint8Array<ArrayBuffer>, rounds: number): Promise<CryptoKey> {
	const secret = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, [
		'deriveKey'
	]);
	return crypto.subtle.deriveKey(
		{ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds },
		secret,
		{ name: 'AES-GCM', length: 256 },
		false,
		['wrapKey', 'unwrapKey']
	);
}
