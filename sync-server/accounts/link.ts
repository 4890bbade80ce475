import * as v from 'valibot';
import type { JsonObject } from '#records/json.ts';
import { isSecret, newSecret } from '../auth/secret.ts';

const lifetimeMs = 3 * 24 * 3600 * 1000;
/** In `link` of a user document. `expires`: ISO 8601, UTC. */
const storedLink = v.object({ hash: v.string(), expires: v.string() });
type StoredLink = v.InferOutput<typeof storedLink>;

/** @param now milliseconds since 1970. */
export function newLink(now: number): { readonly token: string; readonly link: StoredLink } {
	const { secret, hash } = newSecret();
	return { token: secret, link: { hash, expires: new Date(now + lifetimeMs).toISOString() } };
}

/** The hash of the link that an account was given last; undefined when it has been used. */
export function linkHashOf(doc: JsonObject): string | undefined {
	const parsed = v.safeParse(storedLink, doc['link']);
	return parsed.success ? parsed.output.hash : undefined;
}

/** Whether the token opens the account: its latest, unused and not expired, and the account is not disabled. */
export function opens(doc: JsonObject, token: string, now: number): boolean {
	const parsed = v.safeParse(storedLink, doc['link']);
	if (!parsed.success || doc['disabled'] === true) return false;
	return now < Date.parse(parsed.output.expires) && isSecret(token, [parsed.output.hash]);
}

/** Without the origin. The token is in the fragment, which no browser sends and no server logs. */
export function addressOf(token: string): string {
	return `/password#${token}`;
}
