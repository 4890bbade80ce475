import * as v from 'valibot';

/** A passkey as it stands in the member `passkey` of a user document. Binary values in base64url. */
const passkey = v.object({
	id: v.string(),
	publicKey: v.string(),
	/** How often it signed, where the authenticator counts: never goes back (WebAuthn Level 3, 6.1.1). */
	counter: v.number(),
	/** The host it was made for. */
	rpId: v.string(),
	at: v.string()
});
export type Passkey = v.InferOutput<typeof passkey>;

export function readPasskey(doc: Readonly<Record<string, unknown>>): Passkey | undefined {
	const parsed = v.safeParse(passkey, doc['passkey']);
	return parsed.success ? parsed.output : undefined;
}
