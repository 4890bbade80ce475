import type { NamedDevice } from './devices-api.ts';

/**
 * What became of a sign-in. `handover`: the secret by which this device hands over. `too-many`: the server asks to
 * wait so many `seconds`.
 */
export type SignIn =
	| {
			readonly outcome: 'signed-in';
			readonly name: string;
			readonly roles: readonly string[];
			readonly handover?: string;
	  }
	| { readonly outcome: 'wrong' }
	| { readonly outcome: 'too-many'; readonly seconds: number }
	| { readonly outcome: 'offline' }
	| { readonly outcome: 'failed'; readonly detail: string };

/** The first administrator, and the subdistrict they keep: one segment of a scope. */
export interface FirstAdministrator {
	readonly token: string;
	readonly name: string;
	readonly password: string;
	readonly subdistrict: string;
}

/** `closed`: the link was used, has expired, or never was one. */
export type SetUp =
	| { readonly outcome: 'done' }
	| { readonly outcome: 'closed' }
	| { readonly outcome: 'too-many'; readonly seconds: number }
	| { readonly outcome: 'offline' }
	| { readonly outcome: 'failed'; readonly detail: string };

/** The server's accounts, as the app asks for them. Rejects never: every outcome is an answer. */
export interface AccountServer {
	signIn(name: string, password: string, device: NamedDevice): Promise<SignIn>;
	/** Ends the session there if it can be reached. */
	signOut(): Promise<void>;
	/** Whether a set-up link still opens. */
	checkSetUp(token: string): Promise<SetUp>;
	setUp(administrator: FirstAdministrator): Promise<SetUp>;
}
