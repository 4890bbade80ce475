import type { DeliveryCounts } from '#records/phone-store.ts';
import { onDisk } from './store-failure.ts';
import { deleted, finishSweeping, thoroughly } from './deleting.ts';
import { databaseName, isLeaving, lockDatabaseName, sealedDatabaseName } from './schema.ts';

/** `waiting` and `refused` count what would have been lost, photos included. */
export type Destroyed = { readonly destroyed: true } | ({ readonly destroyed: false } & DeliveryCounts);

/**
 * Takes an account's data off this device, unless some of its work is only here.
 *
 * Looks and empties within a version change, which no other connection can be part of, and marks
 * the database as leaving until it is deleted: what another tab saves at the last moment is either
 * seen here, or saved into a new database, or answered with an error.
 */
export function destroyStore(account: string): Promise<Destroyed> {
	return onDisk(async () => {
		if (await isNewHere(account)) return { destroyed: true };
		const versions = await versionsOf([databaseName(account), sealedDatabaseName(account)]);
		return thoroughly(async () => {
			let left = { waiting: 0, refused: 0 };
			for (const [name, version] of versions) {
				if (isLeaving(version)) await deleted(name);
				else {
					const destroyed = await emptied(name, version + 1);
					if (!destroyed.destroyed)
						left = {
							waiting: left.waiting + destroyed.waiting,
							refused: left.refused + destroyed.refused
						};
				}
			}
			if (left.waiting + left.refused > 0) return { destroyed: false, ...left };
			await deleted(lockDatabaseName(account));
			return { destroyed: true };
		});
	});
}

/** Whether this device keeps nothing of an account, not even a lock. */
export async function isNewHere(account: string): Promise<boolean> {
	const names = [databaseName(account), sealedDatabaseName(account), lockDatabaseName(account)];
	return onDisk(async () => (await versionsOf(names)).size === 0);
}

/**
 * Deletes what is left of an account's databases if the app was closed while taking it off the device. Returns
 * whether the account has a lock, and the native version of its database in clear if there is one.
 */
export async function finishLeaving(
	account: string
): Promise<{ readonly locked: boolean; readonly version: number | undefined }> {
	const all = await indexedDB.databases();
	const held = new Map(all.map(({ name, version }) => [name, version]));
	for (const [name, version] of await versionsOf([databaseName(account), sealedDatabaseName(account)]))
		if (isLeaving(version)) {
			await thoroughly(() => deleted(name));
			held.delete(name);
		}
	await finishSweeping(held);
	return {
		locked: held.has(lockDatabaseName(account)) || held.has(sealedDatabaseName(account)),
		version: held.get(databaseName(account))
	};
}

async function versionsOf(names: readonly string[]): Promise<ReadonlyMap<string, number>> {
	const held = new Map((await indexedDB.databases()).map(({ name, version }) => [name, version]));
	return new Map(
		names.flatMap((name) => {
			const version = held.get(name);
			return version === undefined ? [] : [[name, version] as const];
		})
	);
}

/** Counts what is undelivered; only if there is none, the database is emptied, marked and deleted. */
function emptied(name: string, version: number): Promise<Destroyed> {
	return new Promise((resolve, reject) => {
		const opening = indexedDB.open(name, version);
		let refusal: DeliveryCounts | undefined;
		let deletion: Promise<void> | undefined;
		opening.onupgradeneeded = () => {
			const { result: db, transaction } = opening;
			if (transaction === null) return;
			countUndelivered(db, transaction, (counts) => {
				if (counts.waiting + counts.refused > 0) {
					refusal = counts;
					transaction.abort();
					return;
				}
				for (const store of [...db.objectStoreNames]) db.deleteObjectStore(store);
				// Asked for here, it comes before anyone can know that the database is leaving and make a new one.
				deletion = deleted(name);
			});
		};
		opening.onsuccess = () => {
			opening.result.close();
			resolve(Promise.resolve(deletion).then(() => ({ destroyed: true })));
		};
		opening.onerror = () => {
			// The abort above ends here as well.
			if (refusal) resolve({ destroyed: false, ...refusal });
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
