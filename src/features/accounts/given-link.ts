import type { ManagedAccount } from '#access/accounts-api.ts';
import { instantText } from '#app/dates.ts';

/** How long a one-time link opens. Days. */
const linkDays = 3;

/** A one-time link as it is handed on: shown once, kept nowhere. */
export interface GivenLink {
	readonly name: string;
	readonly display: string | undefined;
	readonly url: string;
	readonly until: string;
}

/** `link`: as the server gives it, without the origin. */
export function givenLink(
	{ name, display }: Pick<ManagedAccount, 'name' | 'display'>,
	link: string,
	{ origin, now, locale }: { origin: string; now: Date; locale: string }
): GivenLink {
	const until = new Date(now.getTime() + linkDays * 86_400_000);
	return { name, display, url: new URL(link, origin).href, until: instantText(until, locale) };
}
