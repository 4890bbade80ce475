import * as v from 'valibot';
import { isScope, levelOf, type Scope } from '#records/scope.ts';
import { namedDevice } from './devices-api.ts';

/**
 * Cards by which households join, and a courtyard's tablet (公用平板). A card's code is 8 characters of `codeAlphabet`,
 * shown to whoever issues it and kept by the server only as a keyed hash. Who issues: `mayIssueCard`.
 *
 *     GET    /api/cards?scope=             { cards: IssuedCard[] }: of a place and all within it, newest first
 *     POST   /api/cards                    NewCard → 201 { card, code }
 *     POST   /api/cards/{id}/revoke        → { card }; with { devices: true } the phones that joined by it, too
 *     POST   /api/join                     JoinRequest → 201 Joined, and a session; 404 wrong, used up, expired or revoked; 429
 *     GET    /api/tablet                   Tablet, for a courtyard's tablet
 *
 * A phone that joins becomes an account of its own, `home-` and ten characters, with the role `resident:<household>`
 * (`tablet-…`, `tablet:<courtyard>`), whose password is the `secret` in the answer: kept on the phone, never shown.
 */
export const codeAlphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
export const codePattern = /^[2-9A-HJKMNP-Z]{8}$/;
export const cardDays = 30;

/** What someone typed or scanned, as the code it means: case, spaces and hyphens do not matter. */
export function toCode(typed: string): string | undefined {
	const code = typed.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase();
	return codePattern.test(code) ? code : undefined;
}

const joinable = v.custom<Scope>(
	(scope) => isScope(scope) && ['household', 'courtyard'].includes(levelOf(scope)),
	'neither a household nor a courtyard'
);

export const newCard = v.strictObject({
	/** A household, for its phones; a courtyard, for its tablet. */
	scope: joinable,
	/** How many devices may join by it. */
	uses: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10))
});
export type NewCard = v.InferOutput<typeof newCard>;

export const issuedCard = v.object({
	id: v.string(),
	scope: joinable,
	by: v.string(),
	at: v.string(),
	expires: v.string(),
	uses: v.number(),
	/** The accounts that joined by it. */
	joined: v.array(v.string()),
	revoked: v.optional(v.object({ at: v.string(), by: v.string() }))
});
export type IssuedCard = v.InferOutput<typeof issuedCard>;

export const madeCard = v.object({ card: issuedCard, code: v.string() });

export const joinRequest = v.strictObject({ code: v.string(), device: namedDevice });

export const joined = v.object({
	name: v.string(),
	roles: v.array(v.string()),
	secret: v.string(),
	handover: v.string()
});
export type Joined = v.InferOutput<typeof joined>;

/** Iterations of PBKDF2-SHA-256 behind a verifier: 40 bits of code hold out against whoever takes the tablet. */
export const verifierIterations = 200_000;

/** What a courtyard's tablet may know: doors, no names; and how to tell, without a network, that a code is the door's own. */
export const tablet = v.object({
	courtyard: v.custom<Scope>(isScope),
	doors: v.array(
		v.object({
			household: v.custom<Scope>(isScope),
			label: v.string(),
			/** Of each card of the household that is still valid: base64 of PBKDF2-SHA-256 of the code, and of its salt. */
			verifiers: v.array(v.object({ salt: v.string(), key: v.string(), expires: v.string() }))
		})
	)
});
export type Tablet = v.InferOutput<typeof tablet>;
