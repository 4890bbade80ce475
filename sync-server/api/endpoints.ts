import { allDocs } from './all-docs.ts';
import { bulkDocs } from './bulk-docs.ts';
import { bulkGet } from './bulk-get.ts';
import { changes } from './changes.ts';
import type { CouchCall, DatabaseCall, Endpoint } from './couch-call.ts';
import { compact, database, ensureFullCommit } from './database-endpoints.ts';
import { dbUpdates } from './db-updates.ts';
import { revsDiff } from './revs-diff.ts';
import { security } from './security.ts';
import { allDatabases, databasesInfo, up, uuids, welcome } from './server-endpoints.ts';

/** Below the prefix, by path. */
export const serverEndpoints: ReadonlyMap<string, Endpoint<CouchCall>> = new Map([
	['', welcome],
	['_up', up],
	['_uuids', uuids],
	['_all_dbs', allDatabases],
	['_dbs_info', databasesInfo],
	['_db_updates', dbUpdates]
]);

/** Below a database, by path; what is not named here is a document. */
export const databaseEndpoints: ReadonlyMap<string, Endpoint<DatabaseCall>> = new Map([
	['', database],
	['_changes', changes],
	['_bulk_docs', bulkDocs],
	['_bulk_get', bulkGet],
	['_revs_diff', revsDiff],
	['_all_docs', allDocs],
	['_ensure_full_commit', ensureFullCommit],
	['_compact', compact],
	['_security', security]
]);
