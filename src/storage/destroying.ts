import type { DeliveryCounts } from '#records/phone-store.ts';
import { onDisk } from './store-failure.ts';
import { databaseName } from './zhonggeng-database.ts';

/** `waiting` and `refused` count what would have been lost, photos included. */
export type Destroyed = { readonly destroyed: true } | ({ readonly destroyed: false } & DeliveryCounts);

/**
 * Takes an account's data off this device, unless some of its work is only here.
 *
 * Looks and empties within a version change, which no other connection can be part of: what
 * another tab saves at the last moment is either seen here or saved into a new database.
 */
export function destroyStore(account: string): Promise<Destroyed> {
	return onDisk(async () => {
		const name = databaseName(account);
		const held = (await indexedDB.databases()).find((database) => database.name === name);
		if (held?.version === undefined) return { destroyed: true };
		const destroyed = await emptied(name, held.version + 1);
		if (destroyed.destroyed) await deleted(name);
		return destroyed;
	});
}

function emptied(name: string, version: number): Promise<Destroyed> {
	return new Promise((resolve, reject) => {
		const opening = indexedDB.open(name, version);
		let found: DeliveryCounts | undefined;
		opening.onupgradeneeded = () => {
			const { result: db, transaction } = opening;
			if (transaction === null) return;
			countUndelivered(db, transaction, (counts) => {
				found = counts;
				if (counts.waiting + counts.refused > 0) transaction.abort();
				else for (const store of [...db.objectStoreNames]) db.deleteObjectStore(store);
			});
		};
		opening.onsuccess = () => {
			opening.result.close();
			resolve({ destroyed: true });
		};
		opening.onerror = () => {
			// The abort above ends here as well.
			if (found && found.waiting + found.refused > 0) resolve({ destroyed: false, ...found });
			else reject(opening.error ?? new Error(`cannot open ${name}`));
		};
	});
}

/** Each count arrives in its turn, the last one ends it. */
function countUndelivered(
	db: IDBDatabase,
	transaction: IDBTransaction,
	onCounts: (counts: DeliveryCounts) => void
): void {
	const counts = { waiting: 0, refused: 0 };
	const asked = [
		{ store: 'tail', index: 'delivery.state', state: 'waiting' as const },
		{ store: 'tail', index: 'delivery.state', state: 'refused' as const },
		{ store: 'photos', index: 'state', state: 'waiting' as const }
	].filter(({ store }) => db.objectStoreNames.contains(store));
	let open = asked.length;
	if (open === 0) onCounts(counts);
	for (const { store, index, state } of asked) {
		const request = transaction.objectStore(store).index(index).count(state);
		request.onsuccess = () => {
			counts[state] += request.result;
			open -= 1;
			if (open === 0) onCounts(counts);
		};
	}
}

function deleted(name: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const deleting = indexedDB.deleteDatabase(name);
		deleting.onsuccess = () => resolve();
		deleting.onerror = () => reject(deleting.error ?? new Error(`cannot delete ${name}`));
	});
}
