import { sha256 } from '#records/sha256.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Json } from './json.ts';

declare const hashBrand: unique symbol;

/** SHA-256 in 64 lower-case hex digits. */
export type Hash = string & { readonly [hashBrand]: true };

const hashPattern = /^[0-9a-f]{64}$/;

export function isHash(value: unknown): value is Hash {
	return typeof value === 'string' && hashPattern.test(value);
}

/** SHA-256 of the canonical JSON of `value`, UTF-8. */
export function hashOfJson(value: Json): Hash {
	return toHash(sha256(canonicalJson(value)));
}

/** SHA-256 of `bytes`. */
export function hashOfBytes(bytes: Uint8Array): Hash {
	return toHash(sha256(bytes));
}

function toHash(hash: string): Hash {
	if (!isHash(hash)) throw new TypeError(`not a SHA-256 hash: ${hash}`);
	return hash;
}

/** Whether two JSON values are equal, by their canonical text; undefined equals only itself. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
	if (a === b) return true;
	if (a === undefined || b === undefined) return false;
	return canonicalJson(a) === canonicalJson(b);
}
