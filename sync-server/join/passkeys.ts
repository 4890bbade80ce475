import {
	generateAuthenticationOptions,
	generateRegistrationOptions,
	verifyAuthenticationResponse,
	verifyRegistrationResponse
} from '@simplewebauthn/server';
import type { NewPasskey, PasskeyLogin } from '#access/passkeys-api.ts';
import { readAccount, type Account } from '../auth/account.ts';
import type { UserDocuments } from '../accounts/user-documents.ts';
import { unauthorized } from '../couch-error.ts';
import type { Challenges } from './challenges.ts';
import { newSecret } from './joined-account.ts';
import { readPasskey } from './passkey.ts';
import type { RelyingParty } from './relying-party.ts';

export interface PasskeysDeps {
	readonly users: UserDocuments;
	readonly challenges: Challenges;
	/** Milliseconds since 1970. */
	readonly now: () => number;
}

const rpName = '众耕';
/** A phone without a screen lock verifies nobody; that it is there is what counts. */
const userVerification = 'preferred';

/** Makes and checks the passkeys of devices that joined: one for an account. */
export class Passkeys {
	readonly #deps: PasskeysDeps;

	constructor(deps: PasskeysDeps) {
		this.#deps = deps;
	}

	registrationOptions(account: string, { rpId }: RelyingParty) {
		return generateRegistrationOptions({
			rpName,
			rpID: rpId,
			userName: account,
			userID: Uint8Array.from(Buffer.from(account)),
			challenge: this.#deps.challenges.make({ purpose: 'register', account, host: rpId }),
			attestationType: 'none',
			authenticatorSelection: {
				authenticatorAttachment: 'platform',
				residentKey: 'required',
				userVerification
			}
		});
	}

	/**
	 * Keeps the passkey, and takes the account's secret: from then on its password is one that nobody knows, and
	 * sessions given out before end. False when the answer does not hold.
	 */
	async register(
		account: string,
		response: NewPasskey['response'],
		{ rpId, origin }: RelyingParty
	): Promise<boolean> {
		const { challenges, users, now } = this.#deps;
		let spent = '';
		const verified = await verifyRegistrationResponse({
			response: { ...response, clientExtensionResults: {} },
			expectedChallenge: (challenge) => {
				spent = challenge;
				return challenges.isOpen(challenge, { purpose: 'register', account, host: rpId });
			},
			expectedOrigin: origin,
			expectedRPID: rpId,
			requireUserVerification: false
		}).catch(notVerified);
		if (!verified.verified || !challenges.spend(spent)) return false;
		const { id, publicKey, counter } = verified.registrationInfo.credential;
		const passkey = {
			...{ id, publicKey: Buffer.from(publicKey).toString('base64url'), counter, rpId },
			at: new Date(now()).toISOString()
		};
		const changed = await users.change(account, account, (stored) => ({
			...stored,
			passkey,
			password: newSecret()
		}));
		return changed !== undefined;
	}

	loginOptions({ rpId }: RelyingParty) {
		return generateAuthenticationOptions({
			rpID: rpId,
			challenge: this.#deps.challenges.make({ purpose: 'login', account: '', host: rpId }),
			userVerification
		});
	}

	/** The account that the passkey opens; undefined when it opens none. */
	async login(
		response: PasskeyLogin['response'],
		{ rpId, origin }: RelyingParty
	): Promise<Account | undefined> {
		const { challenges, users } = this.#deps;
		const name = Buffer.from(response.response.userHandle, 'base64url').toString();
		const doc = await users.find(name);
		const passkey = doc && readPasskey(doc);
		if (!passkey || passkey.id !== response.id || passkey.rpId !== rpId) return undefined;
		let spent = '';
		const verified = await verifyAuthenticationResponse({
			response: { ...response, clientExtensionResults: {} },
			expectedChallenge: (challenge) => {
				spent = challenge;
				return challenges.isOpen(challenge, { purpose: 'login', account: '', host: rpId });
			},
			expectedOrigin: origin,
			expectedRPID: rpId,
			credential: {
				id: passkey.id,
				publicKey: Uint8Array.from(Buffer.from(passkey.publicKey, 'base64url')),
				counter: passkey.counter
			},
			requireUserVerification: false
		}).catch(notVerified);
		if (!verified.verified || !challenges.spend(spent)) return undefined;
		const { newCounter } = verified.authenticationInfo;
		if (newCounter !== passkey.counter) await this.#count(name, passkey.id, newCounter);
		const now = await users.find(name);
		return now && readAccount(now);
	}

	/** @throws CouchError 401 when the passkey has signed more often in the meantime, or is another one now. */
	async #count(name: string, id: string, counter: number): Promise<void> {
		await this.#deps.users.change(name, name, (stored) => {
			const passkey = readPasskey(stored);
			if (passkey?.id !== id || passkey.counter >= counter)
				throw unauthorized('This passkey does not open, or no longer.');
			return { ...stored, passkey: { ...passkey, counter } };
		});
	}
}

/** The library throws for whatever does not hold. */
function notVerified() {
	return { verified: false } as const;
}
