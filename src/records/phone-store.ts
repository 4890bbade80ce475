import type { Hash } from './hash.ts';
import type { Json } from './json.ts';
import type { Revision } from './revision.ts';

/**
 * Where a record of this device stands on its way.
 * `waiting` 待传: on this device's disk. `delivered` 已送达: on the server's disk. `refused` 被退回:
 * the server would not take it, `reason` in the server's words, its code before the first colon.
 * `refused` carries what the server said; the record stays here.
 */
export type Delivery =
	| { readonly state: 'waiting' }
	| { readonly state: 'delivered'; readonly at: string }
	| { readonly state: 'refused'; readonly at: string; readonly reason: string };

/** A record of this device that is not yet known to be on the server, or only just. */
export interface OwnRevision {
	readonly revision: Revision;
	readonly delivery: Delivery;
}

/** A photo, named by the SHA-256 of its bytes. The same bytes may lie in several databases; `database` is one. */
export interface Photo {
	readonly hash: Hash;
	readonly database: string;
	readonly type: 'image/webp' | 'image/jpeg';
	readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What an unfinished form holds, kept from the first keystroke. `at`: last change, ISO 8601. */
export interface Draft {
	readonly key: string;
	readonly at: string;
	readonly value: Json;
	/** The heads of the entity the form is about, as its author saw them. */
	readonly seen?: readonly Hash[];
}

/** What a write puts down in one transaction: all of it or none. */
export interface Write {
	readonly revisions: readonly Revision[];
	/** Each is sent to the databases of the revisions that name it; to its own if none does. */
	readonly photos?: readonly Photo[];
	/** The draft these records came from; gone once they are saved. */
	readonly finishedDraft?: string;
}

/** Where a record of this device now stands. */
export interface DeliveryChange {
	readonly id: string;
	readonly delivery: Delivery;
}

/**
 * Something new on this device's disk, whichever tab or worker put it there.
 * `removed`: records that are here no longer, by id: erased, handed over, or no more this account's to read.
 * `delivery`: without `changes` there are too many to tell; read them again.
 * `superseded`: a later version of the app took over the disk in another tab; this one can no
 * longer store anything until it is loaded again.
 */
export type StoreNotice =
	| { readonly type: 'records'; readonly revisions: readonly Revision[] }
	| { readonly type: 'removed'; readonly ids: readonly string[] }
	| { readonly type: 'delivery'; readonly changes?: readonly DeliveryChange[] }
	| { readonly type: 'superseded' };

/** How many records stand where. */
export interface DeliveryCounts {
	readonly waiting: number;
	readonly refused: number;
}

/** What this device keeps for one account. A resolved promise means: on this device's disk. */
export interface PhoneStore {
	/**
	 * All of it or none. A record or photo already here stays as it is.
	 * @throws StoreError `full` when the device has no room, `blocked` when the disk refuses.
	 */
	save(write: Write): Promise<void>;
	/**
	 * The records to hold in memory: all of kinds without months, and those of the given months.
	 * In chunks, so that a screen can show how far it is, each record once; `total` counts records.
	 */
	load(
		months: readonly string[],
		onChunk: (revisions: readonly Revision[], total: number) => void
	): Promise<void>;
	/** Records of this device by state, oldest first. */
	own(state: Delivery['state'], limit: number): Promise<readonly OwnRevision[]>;
	/** undefined for records of others, and for own ones delivered long ago. */
	delivery(id: string): Promise<Delivery | undefined>;
	counts(): Promise<DeliveryCounts>;
	/** Offers a refused record once more. */
	retry(id: string): Promise<void>;
	photo(hash: Hash): Promise<Photo | undefined>;
	/** Keeps a photo that is not to be sent: fetched from the server, or of a draft. `save` sends it. */
	keepPhoto(photo: Photo): Promise<void>;
	draft(key: string): Promise<Draft | undefined>;
	drafts(): Promise<readonly Draft[]>;
	keepDraft(draft: Draft): Promise<void>;
	dropDraft(key: string): Promise<void>;
	/** Notices of what any tab or worker stored. Returns how to stop. */
	onNotice(listener: (notice: StoreNotice) => void): () => void;
	close(): void;
}

/**
 * Why this device could not store or read something. `full`: no room. `newer`: a later version of
 * the app wrote what is here. `locked`: it takes the account's PIN. `blocked`: anything else, as the cause says.
 */
export class StoreError extends Error {
	readonly code: 'full' | 'newer' | 'locked' | 'blocked';

	constructor(code: StoreError['code'], cause: unknown) {
		super(`the device's store is ${code}`, { cause });
		this.name = 'StoreError';
		this.code = code;
	}
}
