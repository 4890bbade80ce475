import type { Database, ReadableDatabase } from './database.ts';
import type { IncomingDoc } from './stored-doc.ts';

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

/** Puts tombstones where there was nothing, of documents that were not taken: what builds on them is known by them. */
export async function buryUnseen(database: Database, docs: readonly IncomingDoc[]): Promise<void> {
	const tombstones = docs.map(({ _id, _rev }) => ({
		_id,
		...(_rev !== undefined && { _rev }),
		_deleted: true
	}));
	const [failed] = await database.write(tombstones, false);
	if (failed && !failed.ok) throw new Error(`cannot bury ${failed.id}: ${failed.reason}`);
}

/** Whether any of these documents was there, or came, and is deleted. */
export async function anyBuried(
	database: Pick<ReadableDatabase, 'allDocs'>,
	ids: readonly string[]
): Promise<boolean> {
	const { rows } = await database.allDocs({ keys: [...ids] });
	return rows.some((row) => 'id' in row && row.value.deleted === true);
}
