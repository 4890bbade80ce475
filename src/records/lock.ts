/**
 * What a device keeps of an account's PIN: the key that seals the account's data, itself sealed by a key that is
 * derived from the PIN. Neither the PIN nor anything it could be told from without trying is in it.
 */
export interface Lock {
	/** For PBKDF2 with SHA-256. */
	readonly salt: Uint8Array<ArrayBuffer>;
	readonly iterations: number;
	/** AES-GCM: 96 bits that are used once, and the 256-bit key sealed. */
	readonly iv: Uint8Array<ArrayBuffer>;
	readonly wrapped: ArrayBuffer;
	/** Wrong PINs since the last right one, counted before each is judged. */
	readonly failures: number;
	/** No PIN is judged earlier, milliseconds since 1970; 0 for at once. */
	readonly notBefore: number;
}

const second = 1000;
const minute = 60 * second;
const waits = [0, 0, 0, 0, 30 * second, minute, 5 * minute, 15 * minute, 30 * minute, 60 * minute];

/** From this many wrong PINs on the key is dropped, if everything was delivered. */
export const mostFailures = 10;

/** How long no PIN is judged after so many wrong ones in a row, in milliseconds. */
export function waitAfter(failures: number): number {
	return waits[failures] ?? 60 * minute;
}
