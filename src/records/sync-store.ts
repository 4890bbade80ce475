import type { Hash } from './hash.ts';
import type { DeliveryCounts, Photo, StoreNotice } from './phone-store.ts';
import type { Revision } from './revision.ts';

/** How far a feed was read: the server's database as it was known, and its sequence. */
export interface Checkpoint {
	/** Which database it was; another identity means it was made anew. */
	readonly identity: string;
	/** CouchDB's update sequence, opaque. */
	readonly seq: string | number;
}

/** A record of this device that the server has not answered for. `order` rises as they were written. */
export interface WaitingRevision {
	readonly order: number;
	readonly revision: Revision;
}

/** What became of a record that was offered to the server. */
export type Settled =
	| { readonly id: string; readonly outcome: 'delivered' }
	| { readonly id: string; readonly outcome: 'refused'; readonly reason: string };

/** What syncing needs of the device's store. A resolved promise means: on this device's disk. */
export interface SyncStore {
	/** Waiting records in the order written, those after `after` if it is given. */
	waiting(limit: number, after?: number): Promise<readonly WaitingRevision[]>;
	counts(): Promise<DeliveryCounts>;
	/** The photos on this device that have yet to be sent to `database`; without it, to any. */
	photosWaiting(database?: string): Promise<ReadonlySet<Hash>>;
	photo(hash: Hash): Promise<Photo | undefined>;
	photosDelivered(database: string, hashes: readonly Hash[]): Promise<void>;
	settle(settled: readonly Settled[], at: string): Promise<void>;
	checkpoint(database: string): Promise<Checkpoint | undefined>;
	/**
	 * Stores a pulled batch and how far it reaches in one transaction. Repeats change nothing. The
	 * records must have been checked; own ones among them count as delivered from then on.
	 */
	storePulled(database: string, revisions: readonly Revision[], checkpoint: Checkpoint): Promise<void>;
	/** Everything of this account that was delivered to `database`, photos included, waits again: the server lost it. */
	offerAgain(database: string): Promise<void>;
	/** The databases this account followed last; [] before the first sync. */
	feeds(): Promise<readonly string[]>;
	rememberFeeds(databases: readonly string[]): Promise<void>;
	/** Folds settled rows into packs when there are enough of them, and drops old photos that can be fetched again. */
	compact(): Promise<void>;
	/** Notices of what any tab or worker stored. Returns how to stop. */
	onNotice(listener: (notice: StoreNotice) => void): () => void;
}
