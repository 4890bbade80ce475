import type { Lock } from '#records/lock.ts';
import { deleted, thoroughly } from './deleting.ts';
import { onDisk } from './store-failure.ts';
import { lockDatabaseName } from './schema.ts';

const table = 'lock';

/** The account's lock, if it has one. */
export function lockOf(account: string): Promise<Lock | undefined> {
	return onDisk(async () => {
		if (!(await isThere(account))) return undefined;
		return inLock<Lock>(account, 'readonly', (lock, _, done) => done(lock));
	});
}

/**
 * Puts a lock on an account that has none; returns whether it was so. The database and the lock in it come about in
 * one transaction, so that there is never one without the other, and of two tabs one puts its lock there.
 */
export function putFirstLock(account: string, lock: Lock): Promise<boolean> {
	return onDisk(() => put(account, lock));
}

/** Puts another lock in place of the one the account has: the earlier one is gone from the disk. */
export function replaceLock(account: string, lock: Lock): Promise<void> {
	return onDisk(async () => {
		const held = (await indexedDB.databases()).find(({ name }) => name === lockDatabaseName(account));
		if (held?.version === undefined) throw new Error(`${account} has no lock to be replaced`);
		const { version } = held;
		await thoroughly(() => put(account, lock, version + 1));
	});
}

/** Changes the lock in one transaction; returns it as it then is. @throws StoreError */
export function changeLock(account: string, change: (lock: Lock) => Lock): Promise<Lock> {
	return onDisk(() =>
		inLock<Lock>(account, 'readwrite', (lock, store, done) => {
			const changed = change(lock);
			store.put(changed, table);
			done(changed);
		})
	);
}

/** Takes the lock off the device, and with it the key: what it sealed can never be read again. */
export function dropLock(account: string): Promise<void> {
	return onDisk(() => thoroughly(() => deleted(lockDatabaseName(account))));
}

async function isThere(account: string): Promise<boolean> {
	return (await indexedDB.databases()).some(({ name }) => name === lockDatabaseName(account));
}

/** Without a version, only a database that is not there yet is changed. Returns whether the lock was put there. */
function put(account: string, lock: Lock, version?: number): Promise<boolean> {
	const opening = indexedDB.open(lockDatabaseName(account), version);
	let done = false;
	return new Promise((resolve, reject) => {
		opening.onupgradeneeded = () => {
			const { result: db } = opening;
			if (db.objectStoreNames.contains(table)) db.deleteObjectStore(table);
			db.createObjectStore(table).put(lock, table);
			done = true;
		};
		opening.onsuccess = () => {
			opening.result.close();
			resolve(done);
		};
		opening.onerror = () => reject(opening.error ?? new Error(`cannot put a lock on ${account}`));
	});
}

/** Each use opens and closes: nobody keeps another tab from changing the lock. */
function inLock<Result>(
	account: string,
	mode: IDBTransactionMode,
	work: (lock: Lock, store: IDBObjectStore, done: (result: Result) => void) => void
): Promise<Result> {
	return new Promise((resolve, reject) => {
		const opening = indexedDB.open(lockDatabaseName(account));
		opening.onupgradeneeded = () => opening.transaction?.abort();
		opening.onerror = () => reject(opening.error ?? new Error(`cannot open the lock of ${account}`));
		opening.onsuccess = () => {
			const { result: db } = opening;
			const transaction = db.transaction(table, mode, { durability: 'strict' });
			let done: (() => void) | undefined;
			const store = transaction.objectStore(table);
			const request = store.get(table);
			request.onsuccess = () => {
				const lock: unknown = request.result;
				if (isLock(lock)) work(lock, store, (result) => (done = () => resolve(result)));
				else transaction.abort();
			};
			transaction.oncomplete = () => {
				db.close();
				done?.();
			};
			transaction.onabort = () => {
				db.close();
				reject(transaction.error ?? new Error(`the lock of ${account} was not changed`));
			};
		};
	});
}

/** Only this app writes here, but perhaps another version of it. */
function isLock(value: unknown): value is Lock {
	return (
		typeof value === 'object' &&
		value !== null &&
		'salt' in value &&
		'wrapped' in value &&
		'failures' in value
	);
}
