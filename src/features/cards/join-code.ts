import type { IssuedCard } from '#access/cards-api.ts';

/** Where a phone joins by a code: in the fragment, which no browser sends and no server logs. */
export function joinAddress(origin: string, code: string): string {
	return `${origin}/join#${code}`;
}

/** In two groups of four, as it is read out. */
export function spokenCode(code: string): string {
	return code.replace(/^(.{4})(.+)$/, '$1 $2');
}

/** `full`: as many devices as it is for have joined. */
export type CardState = 'open' | 'full' | 'expired' | 'revoked';

/** @param now ISO 8601, UTC. */
export function cardState({ revoked, expires, joined, uses }: IssuedCard, now: string): CardState {
	if (revoked) return 'revoked';
	if (now >= expires) return 'expired';
	return joined.length < uses ? 'open' : 'full';
}
