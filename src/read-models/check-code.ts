import type { Hash } from '#records/hash.ts';

/** 核对码: the beginning of a text's hash, to compare by eye: `9f2c 01ab 77de`. */
export function checkCode(hash: Hash): string {
	return [hash.slice(0, 4), hash.slice(4, 8), hash.slice(8, 12)].join(' ');
}
