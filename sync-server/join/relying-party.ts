import { isIP } from 'node:net';
import type { Client } from '../client.ts';
import { badRequest } from '../couch-error.ts';

/** For whom passkeys are made (WebAuthn Level 3, 5.1.2): the host, and the pages that may ask for them. */
export interface RelyingParty {
	readonly rpId: string;
	readonly origin: string;
}

/** @throws CouchError 400 when the host is no name: passkeys are bound to names, never to addresses. */
export function relyingParty({ host, secure }: Pick<Client, 'host' | 'secure'>): RelyingParty {
	const origin = `${secure ? 'https' : 'http'}://${host}`;
	const rpId = URL.canParse(origin) ? new URL(origin).hostname : '';
	if (rpId === '' || rpId.startsWith('[') || isIP(rpId) !== 0)
		throw badRequest('Passkeys need a host with a name.');
	return { rpId, origin };
}
