import type { Database } from './database.ts';

const batch = 500;

/**
 * Deletes documents as CouchDB does: a tombstone each, that feeds tell of and that no push of the same revision
 * brings back. Those that are gone or never were are left alone. How many were there.
 */
export async function bury(database: Database, ids: readonly string[]): Promise<number> {
	let buried = 0;
	for (let from = 0; from < ids.length; from += batch) {
		const { rows } = await database.allDocs({ keys: ids.slice(from, from + batch) });
		const tombstones = rows.flatMap((row) =>
			'id' in row && row.value.deleted !== true ? [{ _id: row.id, _rev: row.value.rev, _deleted: true }] : []
		);
		const results = await database.write(tombstones, true);
		const failed = results.find((result) => !result.ok);
		if (failed && !failed.ok) throw new Error(`cannot delete ${failed.id}: ${failed.reason}`);
		buried += tombstones.length;
	}
	return buried;
}
