import type { Joined } from './cards-api.ts';
import type { NamedDevice } from './devices-api.ts';
import type { Answer } from './office-server.ts';
import type { PasskeySession } from './passkeys-api.ts';

/** What became of asking the phone itself for a passkey. `declined`: by its owner, or it has none to give. */
export type PasskeyAnswer = Answer<PasskeySession> | { readonly outcome: 'declined' };

/** The way in without a password. Each success gives a session. Rejects never: every outcome is an answer. */
export interface JoinServer {
	/** `gone`: the code is wrong, used up, expired or revoked. */
	join(code: string, device: NamedDevice): Promise<Answer<Joined>>;
	/** Whether this phone keeps passkeys behind its own screen lock. */
	offersPasskey(): Promise<boolean>;
	/** Makes a passkey for the account whose session this is, in place of its secret. */
	makePasskey(device: NamedDevice): Promise<PasskeyAnswer>;
	/** `signed-out`: the passkey opens no account any more. */
	signInByPasskey(device: NamedDevice): Promise<PasskeyAnswer>;
}
