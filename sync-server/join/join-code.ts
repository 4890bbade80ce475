import { createHmac, hkdfSync, pbkdf2, randomBytes, randomInt } from 'node:crypto';
import { promisify } from 'node:util';
import { codeAlphabet, verifierIterations } from '#access/cards-api.ts';

const codeLength = 8;
const derive = promisify(pbkdf2);

/** A new card's code: 31 characters to the power of 8, about 40 bits of chance. */
export function newCode(): string {
	return Array.from({ length: codeLength }, () => codeAlphabet[randomInt(codeAlphabet.length)]).join('');
}

/** The key under which codes become ids, of the server's secret and nothing else's (RFC 5869). */
export function cardKey(secret: Buffer): Buffer {
	return Buffer.from(hkdfSync('sha256', secret, '', 'zhonggeng cards', 32));
}

/**
 * The id of the card with this code, 64 hex digits. Whoever has the ids but not the server's secret cannot try
 * codes against them; and looking up an id tells by its timing nothing about a code.
 */
export function cardIdOf(code: string, key: Buffer): string {
	return createHmac('sha256', key).update(code).digest('hex');
}

/** How a courtyard's tablet tells, without a network, that a code is the door's own. Both in base64. */
export interface Verifier {
	readonly salt: string;
	readonly key: string;
}

export async function newVerifier(code: string): Promise<Verifier> {
	const salt = randomBytes(16);
	const key = await derive(code, salt, verifierIterations, 32, 'sha256');
	return { salt: salt.toString('base64'), key: key.toString('base64') };
}
