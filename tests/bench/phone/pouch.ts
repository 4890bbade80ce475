import PouchDB from 'pouchdb-browser';
import indexeddb from 'pouchdb-adapter-indexeddb';

PouchDB.plugin(indexeddb);

export type Adapter = 'idb' | 'indexeddb';

/** A database of this browser's. */
export function localPouch(name: string, adapter: Adapter = 'idb'): PouchDB {
	return new PouchDB(name, { adapter });
}

/** One of the server's. */
export function remotePouch(database: string): PouchDB {
	return new PouchDB(`${location.origin}/db/${database}`, { skip_setup: true });
}
