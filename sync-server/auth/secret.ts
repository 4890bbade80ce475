import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Something random to give away once, and what is kept of it: too long to be guessed, so a plain hash will do. */
export function newSecret(): { readonly secret: string; readonly hash: string } {
	const secret = randomBytes(24).toString('base64url');
	return { secret, hash: hashOfSecret(secret) };
}

/** SHA-256, hex. */
export function hashOfSecret(secret: string): string {
	return createHash('sha256').update(secret).digest('hex');
}

/** Whether `secret` has one of these hashes; takes as long whichever it is. */
export function isSecret(secret: string, hashes: readonly string[]): boolean {
	const given = Buffer.from(hashOfSecret(secret));
	const same = hashes.map((hash) => {
		const kept = Buffer.from(hash);
		return kept.length === given.length && timingSafeEqual(kept, given);
	});
	return same.includes(true);
}
