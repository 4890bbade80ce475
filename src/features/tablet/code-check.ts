import { verifierIterations, type Tablet } from '#access/cards-api.ts';

export type Door = Tablet['doors'][number];

/** The codes that open `door` at `now`: those of cards that have not expired. */
export function validVerifiers({ verifiers }: Door, now: Date): Door['verifiers'] {
	return verifiers.filter(({ expires }) => Date.parse(expires) > now.getTime());
}

/** Whether `code` is one of the door's own, told on this device alone. */
export async function opensDoor(code: string, door: Door, now: Date): Promise<boolean> {
	const material = await crypto.subtle.importKey('raw', new TextEncoder().encode(code), 'PBKDF2', false, [
		'deriveBits'
	]);
	for (const { salt, key } of validVerifiers(door, now)) {
		const expected = bytesOf(key);
		const derived = await crypto.subtle.deriveBits(
			{ name: 'PBKDF2', hash: 'SHA-256', salt: bytesOf(salt), iterations: verifierIterations },
			material,
			expected.length * 8
		);
		if (sameBytes(new Uint8Array(derived), expected)) return true;
	}
	return false;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
	return one.length > 0 && one.length === other.length && one.every((byte, index) => byte === other[index]);
}
