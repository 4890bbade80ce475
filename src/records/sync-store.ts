import type { Hash } from './hash.ts';
import type { OwnRevision, Photo } from './phone-store.ts';
import type { Revision } from './revision.ts';

/** How far a feed was read: the server's database as it was known, and its sequence. */
export interface Checkpoint {
	/** Which database it was; another identity means it was made anew. */
	readonly identity: string;
	/** CouchDB's update sequence, opaque. */
	readonly seq: string | number;
}

/** What became of a record that was offered to the server. */
export type Settled =
	| { readonly id: string; readonly outcome: 'delivered' }
	| { readonly id: string; readonly outcome: 'refused'; readonly reason: string };

/** What syncing needs of the device's store. */
export interface SyncStore {
	/** Waiting records in the order written. */
	waiting(limit: number): Promise<readonly OwnRevision[]>;
	/** Photos not yet on the server. */
	photosWaiting(limit: number): Promise<readonly Photo[]>;
	photosDelivered(hashes: readonly Hash[]): Promise<void>;
	settle(settled: readonly Settled[], at: string): Promise<void>;
	checkpoint(database: string): Promise<Checkpoint | undefined>;
	/** Stores a pulled batch and how far it reaches in one transaction. Repeats change nothing. */
	storePulled(database: string, revisions: readonly Revision[], checkpoint: Checkpoint): Promise<void>;
	/** Everything of this device that was delivered to `database` waits again: the server lost it. */
	offerAgain(database: string): Promise<void>;
	/** Folds settled rows into packs when there are enough of them. */
	compact(): Promise<void>;
}
