import Dexie, { type DBCore, type EntityTable, type Middleware, type Table } from 'dexie';
import type { Hash } from '#records/hash.ts';
import type { Delivery, Draft, Photo } from '#records/phone-store.ts';
import type { Revision } from '#records/revision.ts';
import type { Checkpoint } from '#records/sync-store.ts';
import { databaseName, nativeVersion, sealedDatabaseName, versions } from './schema.ts';

/** A record of this account, from its saving until it is settled and folded away. `n`: the order written. */
export interface TailRow {
	readonly n: number;
	readonly revision: Revision;
	readonly delivery: Delivery;
}

/**
 * What lies in a pack: settled records of one database, kind and month (`''`: of no month).
 * `size`: UTF-16 code units of its text.
 * `marks`: one number a record, see `markOf`; tells what is held without reading the text.
 */
export interface PackLabel {
	readonly n: number;
	readonly database: string;
	readonly kind: string;
	readonly month: string;
	readonly count: number;
	readonly size: number;
	readonly marks: Float64Array<ArrayBuffer>;
}

/** The records of pack `n`, a JSON array. */
export interface PackText {
	readonly n: number;
	readonly text: string;
}

/** A page of a feed that is not yet taken in. `text`: its changes, a JSON array. `n`: the order they came. */
export interface PageRow {
	readonly n: number;
	readonly database: string;
	readonly text: string;
}

/**
 * `waiting`: to be sent. `delivered`: on the server's disk. `kept`: not to be sent, because it came
 * from there or belongs to an unfinished draft.
 */
export type PhotoState = 'kept' | 'waiting' | 'delivered';

/** Where a photo stands with one database; the same bytes may be sent to several. `n`: the order first kept. */
export interface PhotoLabel {
	readonly n: number;
	readonly hash: Hash;
	readonly database: string;
	readonly type: Photo['type'];
	readonly state: PhotoState;
}

export interface PhotoBytes {
	readonly hash: Hash;
	readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * `checkpoint:<database>` has a checkpoint, `feeds` the databases followed, `roles` those for which everything
 * unreadable was last taken out.
 */
export interface MetaRow {
	readonly key: string;
	readonly checkpoint?: Checkpoint;
	readonly feeds?: readonly string[];
	readonly roles?: readonly string[];
}

/** How a database is opened otherwise than the origin's own, in clear. */
export interface DatabaseSetup {
	/** Another than this origin's own, such as a storage bucket's. */
	readonly disk?: IDBFactory;
	/** Seals what is written: `sealingWith` a key. */
	readonly seal?: Middleware<DBCore>;
	readonly version?: number;
}

/**
 * One account's IndexedDB.
 *
 * Every transaction is `strict`: Chrome's default since 121 reports a transaction as complete
 * when the operating system has it, and a dead battery could still take what was called saved.
 * Pulled packs would bear `relaxed`, as their checkpoint is lost with them, but a batch is one
 * transaction of many records, and a second connection would buy little.
 */
export class ZhonggengDatabase extends Dexie {
	readonly tail: EntityTable<TailRow, 'n'>;
	readonly packs: EntityTable<PackLabel, 'n'>;
	readonly packTexts: Table<PackText, number>;
	readonly pages: EntityTable<PageRow, 'n'>;
	readonly photos: EntityTable<PhotoLabel, 'n'>;
	readonly photoBytes: Table<PhotoBytes, Hash>;
	readonly drafts: Table<Draft, string>;
	readonly meta: Table<MetaRow, string>;
	readonly #sealed: boolean;

	constructor(account: string, { disk = indexedDB, seal, version = nativeVersion }: DatabaseSetup = {}) {
		super(seal ? sealedDatabaseName(account) : databaseName(account), {
			chromeTransactionDurability: 'strict',
			cache: 'disabled',
			indexedDB: atVersion(disk, version),
			IDBKeyRange
		});
		this.#sealed = seal !== undefined;
		if (seal) this.use(seal);
		for (const { version, stores } of versions) this.version(version).stores(stores);
		this.tail = this.table('tail');
		this.packs = this.table('packs');
		this.packTexts = this.table('packTexts');
		this.pages = this.table('pages');
		this.photos = this.table('photos');
		this.photoBytes = this.table('photoBytes');
		this.drafts = this.table('drafts');
		this.meta = this.table('meta');
	}

	/**
	 * Adds one row to the tail and takes its finished draft away past Dexie, in a transaction of its own, committed as
	 * soon as it is asked for: on a slow phone half of the time a tap takes to the disk. Returns whether that way is open:
	 * what is sealed is sealed by Dexie's middleware, and Dexie opens a connection anew. @throws DOMException
	 */
	async addAlone(row: Omit<TailRow, 'n'>, finishedDraft: string | undefined): Promise<boolean> {
		if (this.#sealed || !this.isOpen()) return false;
		const tables = finishedDraft === undefined ? ['tail'] : ['tail', 'drafts'];
		const transaction = this.backendDB().transaction(tables, 'readwrite', { durability: 'strict' });
		const done = new Promise<void>((resolve, reject) => {
			transaction.oncomplete = () => resolve();
			transaction.onabort = () => reject(transaction.error ?? new Error('the disk took nothing'));
		});
		transaction.objectStore('tail').add(row);
		if (finishedDraft !== undefined) transaction.objectStore('drafts').delete(finishedDraft);
		transaction.commit();
		await done;
		return true;
	}
}

/**
 * Dexie opens a database that has a later version all the same, and mends its schema into the one
 * it knows. This disk opens at the given version or not at all, with a VersionError.
 */
function atVersion(disk: IDBFactory, version: number) {
	return {
		open: (name: string) => disk.open(name, version),
		deleteDatabase: (name: string) => disk.deleteDatabase(name),
		databases: () => disk.databases()
	};
}
