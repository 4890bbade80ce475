// What the benchmark uses of the packages in tests/bench/peers, which are not installed otherwise.

declare module 'pouchdb-browser' {
	/** Of a replication; `docs_written`: at the target. */
	interface Replicated {
		readonly docs_written: number;
	}
	interface Row {
		readonly id: string;
		readonly doc?: object;
	}
	class PouchDB {
		static plugin(plugin: unknown): void;
		constructor(name: string, options?: { readonly adapter?: string; readonly skip_setup?: boolean });
		readonly replicate: {
			from(source: PouchDB, options?: { readonly batch_size?: number }): PromiseLike<Replicated>;
		};
		sync(
			other: PouchDB
		): PromiseLike<{ readonly push: Replicated | undefined; readonly pull: Replicated | undefined }>;
		put(document: object): Promise<unknown>;
		bulkDocs(documents: readonly object[], options?: { readonly new_edits: boolean }): Promise<unknown>;
		allDocs(options: { readonly include_docs: true }): Promise<{ readonly rows: readonly Row[] }>;
		info(): Promise<{ readonly doc_count: number }>;
		close(): Promise<void>;
	}
	export default PouchDB;
}

declare module 'pouchdb-adapter-indexeddb' {
	const plugin: unknown;
	export default plugin;
}

declare module 'rxdb/plugins/core' {
	interface Collection {
		count(): { exec(): Promise<number> };
	}
	interface Database {
		addCollections(collections: Readonly<Record<string, { readonly schema: object }>>): Promise<{
			readonly records: Collection;
		}>;
		close(): Promise<unknown>;
	}
	export function createRxDatabase(options: {
		readonly name: string;
		readonly storage: unknown;
		readonly multiInstance: boolean;
	}): Promise<Database>;
}

declare module 'rxdb/plugins/storage-dexie' {
	export function getRxStorageDexie(): unknown;
}

declare module 'rxdb/plugins/replication-couchdb' {
	export function replicateCouchDB(options: {
		readonly replicationIdentifier: string;
		readonly collection: object;
		readonly url: string;
		readonly live: boolean;
		readonly waitForLeadership: boolean;
		readonly pull: { readonly batchSize: number };
	}): {
		awaitInitialReplication(): Promise<unknown>;
		readonly error$: { subscribe(listener: (error: unknown) => void): void };
		cancel(): Promise<unknown>;
	};
}
