import type {
	PublicKeyCredentialCreationOptionsJSON,
	PublicKeyCredentialRequestOptionsJSON
} from '@simplewebauthn/browser';
import * as v from 'valibot';
import { joined } from '#access/cards-api.ts';
import type { NamedDevice } from '#access/devices-api.ts';
import type { JoinServer, PasskeyAnswer } from '#access/join-server.ts';
import { passkeySession } from '#access/passkeys-api.ts';
import { isJsonObject } from '#records/json.ts';
import { askServer, type Fetch } from './ask-server.ts';

const creationOptions = v.custom<PublicKeyCredentialCreationOptionsJSON>(hasChallenge);
const requestOptions = v.custom<PublicKeyCredentialRequestOptionsJSON>(hasChallenge);

/** `/api/join` and `/api/passkeys`, and the browser's own part in them (WebAuthn Level 3, section 5). */
export function joinServer(fetch: Fetch): JoinServer {
	async function bySigning<Options>(
		path: { readonly options: string; readonly answer: string },
		answer: v.GenericSchema<unknown, Options>,
		device: NamedDevice,
		sign: (options: Options) => Promise<unknown>
	): Promise<PasskeyAnswer> {
		const options = await askServer(fetch, { path: path.options, method: 'POST', answer });
		if (options.outcome !== 'done') return options;
		let response: unknown;
		try {
			response = await sign(options.value);
		} catch {
			// NotAllowedError and its kin: the owner said no, or nothing here could sign.
			return { outcome: 'declined' };
		}
		const body = { response, device };
		return await askServer(fetch, { path: path.answer, method: 'POST', body, answer: passkeySession });
	}

	return {
		join: (code, device) =>
			askServer(fetch, { path: '/api/join', method: 'POST', body: { code, device }, answer: joined }),
		offersPasskey,
		makePasskey: (device) =>
			bySigning(
				{ options: '/api/passkeys/options', answer: '/api/passkeys' },
				creationOptions,
				device,
				async (optionsJSON) => (await import('@simplewebauthn/browser')).startRegistration({ optionsJSON })
			),
		signInByPasskey: (device) =>
			bySigning(
				{ options: '/api/passkeys/login-options', answer: '/api/passkeys/login' },
				requestOptions,
				device,
				async (optionsJSON) => (await import('@simplewebauthn/browser')).startAuthentication({ optionsJSON })
			)
	};
}

function hasChallenge(options: unknown): boolean {
	return isJsonObject(options) && typeof options['challenge'] === 'string';
}

/** A passkey belongs to a host with a name, so that none is offered on a page of a bare address. */
async function offersPasskey(): Promise<boolean> {
	const bareAddress = /^[\d.]+$|^\[/.test(location.hostname);
	if (bareAddress || !('PublicKeyCredential' in globalThis)) return false;
	try {
		return await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();
	} catch {
		return false; // Browsers with the interface and nothing behind it.
	}
}
