import type { Hash } from './hash.ts';
import type { Delivery, DeliveryCounts, OwnRevision, Photo, StoreNotice } from './phone-store.ts';
import type { Revision } from './revision.ts';
import type { Scope } from './scope.ts';

/** How far a feed was read: the server's database as it was known, and its sequence. */
export interface Checkpoint {
	/** Which database it was; another identity means it was made anew. */
	readonly identity: string;
	/** CouchDB's update sequence, opaque. */
	readonly seq: string | number;
}

/** What a feed says of one document (CouchDB API, 10.4.7). */
export interface FeedChange {
	readonly id: string;
	readonly deleted?: boolean | undefined;
	readonly doc?: unknown;
}

/** A page of a feed as it came, a JSON array of `FeedChange`, not looked into. `count`: changes in it. */
export interface PageText {
	readonly text: string;
	readonly count: number;
}

/** A page that nothing came with. */
export const emptyPage: PageText = { text: '[]', count: 0 };

/** A page of a feed that was put down. `n`: pages count up as they come. */
export interface FeedPage {
	readonly n: number;
	readonly database: string;
	readonly changes: readonly FeedChange[];
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

/** What stays of a record that may not stay as it is; without `by`, nothing. */
export interface Replacement {
	readonly id: string;
	readonly by?: Revision;
}

/** What an account may still read of what is here. */
export interface Readable {
	/** Anything in this database. */
	readonly database: (name: string) => boolean;
	readonly record: (id: string, database: string) => boolean;
	/** Anything about this place. */
	readonly place: (scope: Scope) => boolean;
	/** Whether the feed of this database can be read on from its checkpoint; else it is read anew from its start. */
	readonly onward: (name: string) => boolean;
}

/** What syncing needs of the device's store. A resolved promise means: on this device's disk. */
export interface SyncStore {
	/** Waiting records in the order written, those after `after` if it is given. */
	waiting(limit: number, after?: number): Promise<readonly WaitingRevision[]>;
	/** Records of this device by state, oldest first. */
	own(state: Delivery['state'], limit: number): Promise<readonly OwnRevision[]>;
	counts(): Promise<DeliveryCounts>;
	/** The photos on this device that have yet to be sent to `database`; without it, to any. */
	photosWaiting(database?: string): Promise<ReadonlySet<Hash>>;
	photo(hash: Hash): Promise<Photo | undefined>;
	photosDelivered(database: string, hashes: readonly Hash[]): Promise<void>;
	settle(settled: readonly Settled[], at: string): Promise<void>;
	checkpoint(database: string): Promise<Checkpoint | undefined>;
	/** Puts a page of a feed down as it came, unless it is empty, and how far it reaches, in one transaction. */
	storePage(database: string, page: PageText, checkpoint: Checkpoint): Promise<void>;
	/** Of the pages that are not yet taken in the one that came first. */
	oldestPage(): Promise<FeedPage | undefined>;
	/**
	 * Stores the records of a page and lets the page go, in one transaction. Repeats change nothing. The
	 * records must have been checked; own ones among them count as delivered from then on.
	 */
	takeIn(page: FeedPage, revisions: readonly Revision[]): Promise<void>;
	/** Everything of this account that was delivered to `database`, photos included, waits again: the server lost it. */
	offerAgain(database: string): Promise<void>;
	/** The databases this account followed last; [] before the first sync. */
	feeds(): Promise<readonly string[]>;
	rememberFeeds(databases: readonly string[]): Promise<void>;
	/**
	 * Takes records out, wherever they stand, and the photos they name unless something undelivered or a draft
	 * names them, too. Repeats change nothing; cut off, it is done over.
	 */
	remove(ids: readonly string[]): Promise<void>;
	/** Takes photos out as far as they belong to `database`. */
	removePhotos(database: string, hashes: readonly Hash[]): Promise<void>;
	/** Takes undelivered records out as `remove` does, and puts down what is to wait in place of each. */
	replace(replacements: readonly Replacement[]): Promise<void>;
	/** Takes out the drafts about `scope` and all within it that were last changed before `before` (ISO 8601). */
	dropDraftsAbout(scope: Scope, before: string): Promise<void>;
	/** Takes out the drafts whose authors had one of these records before them. `ids`: of records that are gone. */
	dropDraftsOn(ids: readonly string[]): Promise<void>;
	/**
	 * Takes out what is delivered and not readable, with its photos, drafts and checkpoints; returns the records. What
	 * is undelivered stays, and so does what a draft that stays names.
	 */
	dropUnreadable(readable: Readable): Promise<readonly Revision[]>;
	/** The roles for which everything unreadable was last taken out; undefined before the first time. */
	roles(): Promise<readonly string[] | undefined>;
	rememberRoles(roles: readonly string[]): Promise<void>;
	/** Folds settled rows into packs when there are enough of them, and drops old photos that can be fetched again. */
	compact(): Promise<void>;
	/** Notices of what any tab or worker stored. Returns how to stop. */
	onNotice(listener: (notice: StoreNotice) => void): () => void;
}
