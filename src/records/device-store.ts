import type { Draft } from './phone-store.ts';

/** `auto` follows the device. */
export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** How this device shows the app, whoever works on it. */
export interface DeviceSettings {
	/** Absent until someone chose: a resident's home starts in large type. */
	readonly largeType?: boolean;
	readonly theme: Theme;
}

/** The account that last signed in on this device, as the server told it. */
export interface LastAccount {
	readonly name: string;
	readonly roles: readonly string[];
}

/**
 * What a device hands over with when it may no longer send: `secret` is the server's, given at sign-in;
 * `count` says how many records it has handed over so far.
 */
export interface Handover {
	readonly secret: string;
	readonly count: number;
}

/**
 * An account that was taken off this device. `why`: by its office, or, with `pin`, after ten wrong PINs.
 * `drafts`: unfinished forms that went with it. `joined`: it was a household's or a courtyard's own, by a card.
 */
export interface Departure {
	readonly why?: 'pin';
	readonly joined?: 'resident' | 'tablet';
	readonly handedOver: number;
	readonly drafts: number;
}

/**
 * How a device that joined by a card signs in again, with nobody typing anything: by the secret it was given, or
 * by the passkey that took the secret's place.
 */
export type OwnCredential = { readonly how: 'secret'; readonly secret: string } | { readonly how: 'passkey' };

/** What belongs to the device rather than to an account. A resolved promise means: on its disk. */
export interface DeviceStore {
	/** Names this device in records; made when first asked for, and never changed. */
	id(): Promise<string>;
	account(): Promise<LastAccount | undefined>;
	/** Ends what is known of an earlier departure. */
	keepAccount(account: LastAccount): Promise<void>;
	forgetAccount(): Promise<void>;
	handover(account: string): Promise<Handover | undefined>;
	keepHandover(account: string, handover: Handover): Promise<void>;
	forgetHandover(account: string): Promise<void>;
	/** The accounts with a secret to hand over with, in order. */
	handoverAccounts(): Promise<readonly string[]>;
	credential(account: string): Promise<OwnCredential | undefined>;
	keepCredential(account: string, credential: OwnCredential): Promise<void>;
	forgetCredential(account: string): Promise<void>;
	/** The accounts with a credential here, in order. */
	joinedAccounts(): Promise<readonly string[]>;
	/**
	 * Forgets the account and its secrets, and keeps that it was taken off; all of it or none. A page and the service
	 * worker may both come to it: of an account that has left, the first word stands.
	 */
	depart(account: string, departure: Departure): Promise<void>;
	/** Until somebody signs in again. */
	departure(): Promise<Departure | undefined>;
	settings(): Promise<DeviceSettings>;
	keepSettings(settings: DeviceSettings): Promise<void>;
	/** Forms filled in before anyone signed in. */
	draft(key: string): Promise<Draft | undefined>;
	keepDraft(draft: Draft): Promise<void>;
	dropDraft(key: string): Promise<void>;
	close(): void;
}
