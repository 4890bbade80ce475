import type { OwnRevision } from './phone-store.ts';

/** What syncing is doing, in numbers a person can follow. */
export type SyncActivity =
	| { readonly state: 'idle' }
	| { readonly state: 'sending'; readonly done: number; readonly total: number }
	/** `total` is absent until the server has told how much there is. */
	| { readonly state: 'fetching'; readonly done: number; readonly total?: number }
	/** Trying again at `nextAt` (ISO 8601). */
	| { readonly state: 'waiting'; readonly why: SyncTrouble; readonly nextAt: string };

/** Why syncing cannot go on now. `signed-out`: the account must sign in again. */
export type SyncTrouble = 'offline' | 'server' | 'signed-out' | 'forbidden' | 'store';

export interface SyncStatus {
	readonly activity: SyncActivity;
	/** When the server was last reached and everything exchanged, ISO 8601. */
	readonly lastDone?: string;
	/** Since when the server could not be reached, ISO 8601. */
	readonly offlineSince?: string;
	/** Records the server sent that do not match their hash, since the start: not taken in. */
	readonly damaged: number;
}

/**
 * Why this device may not keep an account any longer. `elsewhere`: it was signed out in another tab. `dismissed`: by
 * the office; all that was only here is on the server's disk, but for `broken`, which the server would not take.
 */
export type Dismissal =
	{ readonly why: 'elsewhere' } | { readonly why: 'dismissed'; readonly broken: readonly OwnRevision[] };

/** The running exchange with the server, as the app sees it. */
export interface Synchroniser {
	readonly status: SyncStatus;
	/** Tells of every change of `status`. Returns how to stop. */
	onStatus(listener: (status: SyncStatus) => void): () => void;
	/** Exchanges now, without waiting for the next turn. */
	now(): void;
	/** Fetches a photo that is not on this device; undefined when the server has none or cannot be reached. */
	fetchPhoto(
		database: string,
		hash: string
	): Promise<{ type: string; bytes: Uint8Array<ArrayBuffer> } | undefined>;
	stop(): void;
}
