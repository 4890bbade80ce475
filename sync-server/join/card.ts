import * as v from 'valibot';
import { issuedCard, type IssuedCard } from '#access/cards-api.ts';
import type { Verifier } from './join-code.ts';

/** A card as the `cards` database keeps it: everything about it but its code. */
export interface Card extends IssuedCard {
	/** A household's card has one, for the tablet of its courtyard. */
	readonly verifier?: Verifier | undefined;
}

const storedCard = v.object({
	...v.omit(issuedCard, ['id']).entries,
	verifier: v.optional(v.object({ salt: v.string(), key: v.string() }))
});

/** Undefined when the document is no card's. */
export function readCard(doc: Readonly<Record<string, unknown>>): Card | undefined {
	if (doc['_deleted'] === true) return undefined;
	const parsed = v.safeParse(storedCard, doc);
	return parsed.success && typeof doc['_id'] === 'string' ? { id: doc['_id'], ...parsed.output } : undefined;
}

export function cardFields({ id: _id, verifier, ...fields }: Card) {
	return { ...fields, ...(verifier && { verifier }) };
}

/** What whoever issues cards may see of one. */
export function toIssued({ verifier: _verifier, ...card }: Card): IssuedCard {
	return card;
}

/** Whether its code still counts: neither expired nor revoked. @param now ISO 8601, UTC. */
export function isValid(card: Card, now: string): boolean {
	return card.revoked === undefined && now < card.expires;
}

/** Whether one more device may join by it. */
export function isOpen(card: Card, now: string): boolean {
	return isValid(card, now) && card.joined.length < card.uses;
}
