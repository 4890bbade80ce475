import type { AccountServer } from '#access/account-server.ts';
import type { Departure, DeviceStore } from '#records/device-store.ts';
import type { LockKeeper } from '#records/lock.ts';
import type { DeliveryCounts, OwnRevision, PhoneStore } from '#records/phone-store.ts';
import type { Dismissal, Synchroniser } from '#records/sync-status.ts';
import type { Account } from './account.ts';
import type { Workplace } from './workplace.svelte.ts';

/** Who hears what the server says of an account. */
export interface AccountListener {
	/** Told the account as the server knows it, changed or not. */
	readonly onAccount: (account: Account) => void;
	/** Told when this device may not keep the account. */
	readonly onDismissal: (dismissal: Dismissal) => void;
}

export type StartSync = (listener: AccountListener) => Promise<Synchroniser>;

/** An account's store, and how its exchange with the server is started. */
export interface OpenStore {
	readonly store: PhoneStore;
	/** Takes records off this device for good. */
	readonly remove: (ids: readonly string[]) => Promise<void>;
	readonly startSync: StartSync;
}

/** What the session works with, handed in where the app is put together. */
export interface SessionParts {
	readonly device: DeviceStore;
	readonly server: AccountServer;
	/** `key`: of the account's lock. @throws StoreError `locked` when it takes one. */
	readonly openStore: (account: string, key?: CryptoKey) => Promise<OpenStore>;
	readonly lockKeeper: () => Promise<LockKeeper>;
	/** Whether the account's office wants a PIN before anything is stored; false when nobody can tell. */
	readonly wantsPin: (account: Account) => Promise<boolean>;
	/** Takes an account's data off this device, unless some of it is only here: then says how much. */
	readonly destroyStore: (
		account: string
	) => Promise<{ readonly destroyed: boolean } & Partial<DeliveryCounts>>;
	/** What this device is, as its user would call it. */
	readonly deviceLabel: string;
	/** Takes away what the browser remembers beside the stores. */
	readonly forgetMemory: () => void;
	readonly now: () => Date;
}

export type SessionState =
	/** `total` counts records; absent until it is known. */
	| { readonly status: 'starting'; readonly done: number; readonly total?: number }
	/** `departure`: the account was taken off this device. */
	| { readonly status: 'signed-out'; readonly departure?: Departure | undefined }
	| { readonly status: 'open'; readonly workplace: Workplace }
	/** `locked`: what is here takes a PIN. `pin-first`: the office wants one before anything is stored here. */
	| { readonly status: 'locked' | 'pin-first'; readonly account: Account }
	/** The office dismissed this device, and the server would not take `broken`: a person saves them first. */
	| { readonly status: 'dismissed'; readonly workplace: Workplace; readonly broken: readonly OwnRevision[] }
	| { readonly status: 'failed'; readonly error: unknown };

/** `kept`: some of the work is only on this device, so everything stayed. */
export type SignOut = { readonly outcome: 'signed-out' } | ({ readonly outcome: 'kept' } & DeliveryCounts);
