import { sha256 as digest } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

const utf8 = new TextEncoder();

/**
 * SHA-256 in lower-case hex; of text, its UTF-8. At once, where a browser's own would answer later. Node.js takes
 * sync-server/native-sha256.ts in its place (`imports` in package.json).
 */
export function sha256(data: string | Uint8Array): string {
	return bytesToHex(digest(typeof data === 'string' ? utf8.encode(data) : data));
}
