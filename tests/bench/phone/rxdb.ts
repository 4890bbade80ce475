import { createRxDatabase } from 'rxdb/plugins/core';
import { replicateCouchDB } from 'rxdb/plugins/replication-couchdb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';

/** The records as RxDB is told of them; no index but the key. */
const schema = {
	version: 0,
	primaryKey: 'id',
	type: 'object',
	properties: {
		id: { type: 'string', maxLength: 300 },
		kind: { type: 'string' },
		entity: { type: 'string' },
		parents: { type: 'array', items: { type: 'string' } },
		scope: { type: 'string' },
		author: { type: 'string' },
		device: { type: 'string' },
		at: { type: 'string' },
		body: { type: 'object' },
		hash: { type: 'string' }
	}
};

/**
 * Reads a database of the server to its end, as RxDB's replication does. `onDisk`: when it said so. `count`: what is
 * held then, to be asked once.
 */
export async function pullWithRxdb(
	database: string
): Promise<{ readonly onDisk: number; readonly count: () => Promise<number> }> {
	const name = `rxdb-${crypto.randomUUID()}`;
	const db = await createRxDatabase({ name, storage: getRxStorageDexie(), multiInstance: false });
	const { records } = await db.addCollections({ records: { schema } });
	const replication = replicateCouchDB({
		replicationIdentifier: name,
		collection: records,
		url: `${location.origin}/db/${database}/`,
		live: false,
		waitForLeadership: false,
		pull: { batchSize: 1000 }
	});
	const failed = new Promise<never>((_, reject) => replication.error$.subscribe(reject));
	await Promise.race([replication.awaitInitialReplication(), failed]);
	const onDisk = performance.now();
	const count = async () => {
		const held = await records.count().exec();
		await replication.cancel();
		await db.close();
		return held;
	};
	return { onDisk, count };
}
