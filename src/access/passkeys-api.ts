import * as v from 'valibot';
import { namedDevice } from './devices-api.ts';

/**
 * Passkeys (WebAuthn Level 3) of devices that joined by a card; all in the JSON forms of its sections 5.1.8 and 5.1.9.
 *
 *     POST /api/passkeys/options         with a session → PublicKeyCredentialCreationOptionsJSON
 *     POST /api/passkeys                 with a session, NewPasskey → 201 PasskeySession; the account's secret ends
 *     POST /api/passkeys/login-options   → PublicKeyCredentialRequestOptionsJSON
 *     POST /api/passkeys/login           PasskeyLogin → PasskeySession; 401 when it opens nothing
 *
 * The user handle of a passkey is its account's name.
 */
const base64url = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,8192}$/));
/** No extension is asked for, and none looked at. */
const credential = { id: base64url, rawId: base64url, type: v.literal('public-key') };

/** As far as it is looked at. */
const registrationResponse = v.object({
	...credential,
	response: v.object({ clientDataJSON: base64url, attestationObject: base64url })
});

const authenticationResponse = v.object({
	...credential,
	response: v.object({
		clientDataJSON: base64url,
		authenticatorData: base64url,
		signature: base64url,
		userHandle: base64url
	})
});

export const newPasskey = v.object({ response: registrationResponse, device: namedDevice });
export type NewPasskey = v.InferOutput<typeof newPasskey>;

export const passkeyLogin = v.object({ response: authenticationResponse, device: namedDevice });
export type PasskeyLogin = v.InferOutput<typeof passkeyLogin>;

/** Both give a session; `handover` as at every login. */
export const passkeySession = v.object({
	name: v.string(),
	roles: v.array(v.string()),
	handover: v.string()
});
export type PasskeySession = v.InferOutput<typeof passkeySession>;
