import { StoreError } from '#records/phone-store.ts';
import { deleted, thoroughly } from './deleting.ts';
import { dropLock, lockOf } from './lock-store.ts';
import { takeIn } from './moving.ts';
import { sealingWith } from './sealing.ts';
import { databaseName, isLeaving, isMoving, movingVersion, sealedDatabaseName } from './schema.ts';
import { ZhonggengDatabase } from './zhonggeng-database.ts';

/**
 * Opens the account's sealed database. What still lies in clear is taken into it first, and deleted thoroughly: a PIN
 * was set, and cut off anywhere in between this goes on when it is opened next.
 * @throws StoreError `locked` when the lock was taken off meanwhile, or is about to be: this key is for nothing more.
 */
export function openSealed(account: string, key: CryptoKey): Promise<ZhonggengDatabase> {
	return alone(account, async () => {
		const version = await versionOf(sealedDatabaseName(account));
		const unsealed = (await liesInClear(account)) && !(await lockOf(account));
		if (unsealed || isMoving(version ?? 0)) throw new StoreError('locked', account);
		const to = new ZhonggengDatabase(account, { seal: sealingWith(key) });
		await to.open();
		if ((await versionOf(databaseName(account))) !== undefined)
			await moved(databaseName(account), new ZhonggengDatabase(account, { version: movingVersion }), to);
		return to;
	});
}

/** Puts everything back in clear, then the sealed database and the lock are gone: the PIN was taken off. */
export function unseal(account: string, key: CryptoKey): Promise<void> {
	return alone(account, () => unsealed(account, key));
}

/** Goes on with an unsealing that was cut off; returns whether there was one. */
export function finishUnsealing(account: string, key: CryptoKey): Promise<boolean> {
	return alone(account, async () => {
		if (!isMoving((await versionOf(sealedDatabaseName(account))) ?? 0)) return false;
		await unsealed(account, key);
		return true;
	});
}

/** Whether what the account has here lies in clear, and nothing of it is sealed. */
export async function liesInClear(account: string): Promise<boolean> {
	const version = await versionOf(databaseName(account));
	if (version === undefined || isLeaving(version)) return false;
	return (await versionOf(sealedDatabaseName(account))) === undefined;
}

async function unsealed(account: string, key: CryptoKey): Promise<void> {
	const to = new ZhonggengDatabase(account);
	await to.open();
	try {
		const from = new ZhonggengDatabase(account, { seal: sealingWith(key), version: movingVersion });
		if ((await versionOf(sealedDatabaseName(account))) !== undefined)
			await moved(sealedDatabaseName(account), from, to);
	} finally {
		to.close();
	}
	await dropLock(account);
}

/** The mark closes every other connection, and none comes about any more until the database is deleted. */
async function moved(name: string, from: ZhonggengDatabase, to: ZhonggengDatabase): Promise<void> {
	await from.open();
	try {
		await takeIn(from, to);
	} finally {
		from.close();
	}
	await thoroughly(() => deleted(name));
}

async function versionOf(name: string): Promise<number | undefined> {
	return (await indexedDB.databases()).find((database) => database.name === name)?.version;
}

/** Browsers that have WebCrypto for a page have Web Locks as well: both want a secure connection. */
function alone<Result>(account: string, work: () => Promise<Result>): Promise<Result> {
	return navigator.locks.request(`zhonggeng-move-${account}`, work);
}
