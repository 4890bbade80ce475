/**
 * PouchDB 9 and LevelDOWN 6, as far as this project calls them. The published types are not used:
 * they redefine the global `Buffer` and know neither the LevelDB adapter nor what it gives out.
 */

declare module 'pouchdb-core' {
	export interface Doc {
		readonly _id: string;
		readonly _rev: string;
		readonly [member: string]: unknown;
	}

	/** A document on its way in. */
	export type NewDoc = object;

	export interface Options {
		readonly adapter?: string;
		/** HTTP: do not create the database. */
		readonly skip_setup?: boolean;
		/** HTTP: called in place of the global one. */
		readonly fetch?: (url: string | Request, options?: RequestInit) => Promise<Response>;
		readonly auth?: { readonly username: string; readonly password: string };
		/** LevelDB: opens the store at a path. */
		readonly db?: (location: string) => object;
		/** Compacts what is overwritten with each write. */
		readonly auto_compaction?: boolean;
		/** How many revisions of a document are remembered. */
		readonly revs_limit?: number;
		/** LevelDB: called at opening, for stores of old versions. */
		readonly migrate?: EngineMigration;
	}

	/** Each calls back when it is done. */
	export interface EngineMigration {
		doMigrationOne(name: string, store: EngineCounts, callback: () => void): void;
		doMigrationTwo(store: EngineCounts, stores: object, callback: () => void): void;
	}

	/** What PouchDB counts in memory while a LevelDB store is open: of the last write, and living documents. */
	export interface EngineCounts {
		_updateSeq: number;
		_docCount: number;
	}

	export interface GetOptions {
		readonly rev?: string;
		readonly revs?: boolean;
		readonly revs_info?: boolean;
		readonly conflicts?: boolean;
		readonly attachments?: boolean;
		/** Attachments as Buffers (in Node) rather than base64. */
		readonly binary?: boolean;
	}

	export interface OpenRevsOptions extends Omit<GetOptions, 'rev'> {
		readonly open_revs: 'all' | readonly string[];
	}

	export interface ChangesOptions {
		readonly since?: number | string;
		readonly limit?: number;
		readonly live?: boolean;
		readonly timeout?: number | false;
		readonly heartbeat?: number | false;
		readonly descending?: boolean;
		readonly include_docs?: boolean;
		readonly attachments?: boolean;
		readonly binary?: boolean;
		readonly conflicts?: boolean;
		readonly style?: 'main_only' | 'all_docs';
		readonly doc_ids?: readonly string[];
		readonly batch_size?: number;
		readonly return_docs?: boolean;
	}

	export interface Change {
		readonly id: string;
		/** A number from LevelDB and from this server, an opaque string from a CouchDB cluster. */
		readonly seq: number | string;
		readonly changes: readonly { readonly rev: string }[];
		readonly deleted?: boolean;
		readonly doc?: Doc;
	}

	export interface ChangesResult {
		readonly results: readonly Change[];
		readonly last_seq: number | string;
		readonly pending?: number;
	}

	/** Settles when a feed that is not live is done; emits as it goes. */
	export interface ChangesFeed extends Promise<ChangesResult> {
		on(event: 'change', listener: (change: Change) => void): this;
		on(event: 'complete', listener: (result: ChangesResult) => void): this;
		on(event: 'error', listener: (error: unknown) => void): this;
		cancel(): void;
	}

	export interface AllDocsOptions {
		readonly key?: string;
		readonly keys?: readonly string[];
		readonly startkey?: string;
		readonly endkey?: string;
		readonly inclusive_end?: boolean;
		readonly descending?: boolean;
		readonly skip?: number;
		readonly limit?: number;
		readonly include_docs?: boolean;
		readonly attachments?: boolean;
		readonly binary?: boolean;
		readonly conflicts?: boolean;
		/** LevelDB: in a range, too, deleted documents have a row. */
		readonly deleted?: 'ok';
	}

	export type AllDocsRow =
		| { readonly key: string; readonly error: 'not_found' }
		| {
				readonly id: string;
				readonly key: string;
				readonly value: { readonly rev: string; readonly deleted?: boolean };
				readonly doc?: Doc | null;
		  };

	/** An error in a result, or thrown: `name` is CouchDB's `error`. */
	export interface PouchError {
		readonly ok?: false;
		readonly id?: string;
		readonly status?: number;
		readonly name?: string;
		readonly error?: string | boolean;
		readonly message?: string;
		readonly reason?: string;
	}

	export interface Written {
		readonly ok: true;
		readonly id: string;
		readonly rev: string;
	}

	export interface Info {
		readonly doc_count: number;
		readonly update_seq: number | string;
		/** From this server: the database's identity. */
		readonly uuid?: string;
	}

	export default class PouchDB {
		constructor(name: string, options?: Options);
		readonly name: string;
		/** What a plugin adds to the class is what it asks of its argument. */
		static plugin<Added>(plugin: (pouchdb: typeof PouchDB & Added) => void): typeof PouchDB & Added;
		/** An identity the database was given when it was made; over HTTP its address. */
		id(): Promise<string>;
		info(): Promise<Info>;
		get(id: string, options: OpenRevsOptions): Promise<readonly ({ ok: Doc } | { missing: string })[]>;
		get(id: string, options?: GetOptions): Promise<Doc>;
		put(doc: NewDoc, options?: { readonly new_edits?: boolean }): Promise<Written>;
		remove(id: string, rev: string): Promise<Written>;
		bulkDocs(
			docs: readonly NewDoc[],
			options?: { readonly new_edits?: boolean }
		): Promise<readonly (Written | PouchError)[]>;
		bulkGet(options: {
			readonly docs: readonly { readonly id: string; readonly rev?: string }[];
			readonly revs?: boolean;
			readonly latest?: boolean;
			readonly attachments?: boolean;
			readonly binary?: boolean;
		}): Promise<{
			readonly results: readonly { id: string; docs: readonly ({ ok: Doc } | { error: PouchError })[] }[];
		}>;
		revsDiff(
			revs: Readonly<Record<string, readonly string[]>>
		): Promise<Record<string, { readonly missing: readonly string[] }>>;
		changes(options?: ChangesOptions): ChangesFeed;
		allDocs(options?: AllDocsOptions): Promise<{
			readonly total_rows: number;
			readonly offset: number;
			readonly rows: readonly AllDocsRow[];
		}>;
		getAttachment(id: string, name: string, options?: { readonly rev?: string }): Promise<Blob | Buffer>;
		putAttachment(id: string, name: string, rev: string, data: Blob | Buffer, type: string): Promise<Written>;
		compact(): Promise<unknown>;
		close(): Promise<void>;
		destroy(): Promise<void>;
	}
}

declare module 'pouchdb-adapter-http' {
	import type PouchDB from 'pouchdb-core';
	const adapter: (pouchdb: typeof PouchDB) => void;
	export default adapter;
}

declare module 'pouchdb-adapter-leveldb' {
	import type PouchDB from 'pouchdb-core';
	const adapter: (pouchdb: typeof PouchDB) => void;
	export default adapter;
}

declare module 'pouchdb-replication' {
	import type PouchDB from 'pouchdb-core';

	export interface ReplicationOptions {
		readonly live?: boolean;
		readonly retry?: boolean;
		readonly since?: number | string;
		readonly batch_size?: number;
		readonly doc_ids?: readonly string[];
	}

	export interface ReplicationResult {
		readonly ok: boolean;
		readonly docs_read: number;
		readonly docs_written: number;
		readonly doc_write_failures: number;
		readonly errors: readonly unknown[];
	}

	export interface Replication extends Promise<ReplicationResult> {
		on(event: 'change', listener: (change: ReplicationResult) => void): this;
		on(event: 'complete', listener: (result: ReplicationResult) => void): this;
		on(event: 'paused' | 'active', listener: () => void): this;
		on(event: 'denied' | 'error', listener: (error: unknown) => void): this;
		cancel(): void;
	}

	export interface Replicates {
		replicate(source: PouchDB | string, target: PouchDB | string, options?: ReplicationOptions): Replication;
	}

	/** Adds `replicate` to PouchDB. */
	const plugin: (pouchdb: typeof PouchDB & Replicates) => void;
	export default plugin;
}

declare module 'leveldown' {
	export interface BatchOptions {
		/** Whether LevelDB waits for the disk (fdatasync of its log) before it calls back. */
		readonly sync?: boolean;
	}
	export type Callback = (error?: Error | null) => void;

	export interface KeyRange {
		readonly gte: string;
		readonly lt: string;
		readonly limit: number;
		readonly keys: true;
		readonly values: false;
		readonly keyAsBuffer: false;
	}
	export interface KeyIterator {
		/** Calls back without a key when there is none left. */
		next(callback: (error: Error | null | undefined, key?: string) => void): void;
		end(callback: Callback): void;
	}

	export interface Put {
		readonly type: 'put';
		readonly key: string;
		readonly value: string;
	}

	/** abstract-leveldown's interface, as far as it is used here. */
	export default class LevelDown {
		constructor(location: string);
		open(options: object, callback: Callback): void;
		close(callback: Callback): void;
		_batch(operations: readonly object[], options: BatchOptions, callback: Callback): void;
		_put(key: unknown, value: unknown, options: BatchOptions, callback: Callback): void;
		/** Undefined for a key that is not there. */
		getMany(keys: readonly string[], options: { asBuffer: false }): Promise<readonly (string | undefined)[]>;
		batch(puts: readonly Put[], options: BatchOptions, callback: Callback): void;
		del(key: Buffer, options: BatchOptions, callback: Callback): void;
		iterator(options: KeyRange): KeyIterator;
		/** Merges all files between two keys: LevelDB's `CompactRange`. */
		compactRange(start: Buffer, end: Buffer, callback: Callback): void;
		static destroy(location: string, callback: Callback): void;
	}
}
