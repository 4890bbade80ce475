import type { DeliveryCounts } from './phone-store.ts';

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

/**
 * `wait`: not judged before `until`, milliseconds since 1970. `kept`: after ten wrong ones, what would have been lost
 * with the key. `gone`: there is no lock any more, and nothing behind it. `clear`: it was taken off, and what it sealed
 * lies there in clear.
 */
export type Attempt =
	| { readonly outcome: 'open'; readonly key: CryptoKey }
	| { readonly outcome: 'wait'; readonly until: number }
	| {
			readonly outcome: 'wrong';
			readonly failures: number;
			readonly until: number;
			readonly kept?: DeliveryCounts;
	  }
	| { readonly outcome: 'gone' | 'clear' };

/** `locked`: the account has a lock already, and that one stays. */
export type LockSet = { readonly outcome: 'set'; readonly key: CryptoKey } | { readonly outcome: 'locked' };

/** The locks of a device's accounts. Each takes effect when its promise resolves, and is then on the disk. */
export interface LockKeeper {
	/** Puts a lock on an account that has none; the store is sealed when it is opened with the key. */
	set(account: string, pin: string): Promise<LockSet>;
	/** Judges a PIN. The tenth wrong one in a row takes the account off the device, if everything was delivered. */
	attempt(account: string, pin: string): Promise<Attempt>;
	/** Another PIN for the same key. */
	change(account: string, pin: string, next: string): Promise<Attempt>;
	/** Puts everything back in clear, and the lock is gone. The store must be closed. */
	remove(account: string, key: CryptoKey): Promise<void>;
}

const second = 1000;
const minute = 60 * second;
const waits = [0, 0, 0, 0, 30 * second, minute, 5 * minute, 15 * minute, 30 * minute];
export const longestWait = 60 * minute;

/** From this many wrong PINs on the key is dropped, if everything was delivered. */
export const mostFailures = 10;

/** How long no PIN is judged after so many wrong ones in a row, in milliseconds. */
export function waitAfter(failures: number): number {
	return waits[failures] ?? longestWait;
}

/** 6 to 12 digits, or a passphrase of 8 to 64 characters. */
export function isPin(text: string): boolean {
	return /^\d{6,12}$/.test(text) || (/\D/.test(text) && text.length >= 8 && text.length <= 64);
}

/** One digit over and over, or digits in a row: the first that anyone tries. */
export function isGuessable(pin: string): boolean {
	const steps = new Set([...pin].slice(1).map((character, index) => codeOf(character) - codeOf(pin[index])));
	const [step = 0] = steps;
	return steps.size <= 1 && Math.abs(step) <= 1;
}

function codeOf(character: string | undefined): number {
	return character?.codePointAt(0) ?? 0;
}
