import { deleted, thoroughly } from './deleting.ts';
import { takeIn } from './moving.ts';
import { sealingWith } from './sealing.ts';
import {
	databaseName,
	isMoving,
	movingVersion,
	sealedDatabaseName,
	ZhonggengDatabase
} from './zhonggeng-database.ts';

/**
 * Opens the account's sealed database. What still lies in clear is taken into it first, and deleted thoroughly: a PIN
 * was set, and cut off anywhere in between this goes on when it is opened next.
 */
export function openSealed(account: string, key: CryptoKey): Promise<ZhonggengDatabase> {
	return alone(account, async () => {
		if (isMoving((await versionOf(sealedDatabaseName(account))) ?? 0)) return unsealed(account, key);
		const to = new ZhonggengDatabase(account, { seal: sealingWith(key) });
		await to.open();
		if ((await versionOf(databaseName(account))) !== undefined)
			await moved(databaseName(account), new ZhonggengDatabase(account, { version: movingVersion }), to);
		return to;
	});
}

/** Puts everything back in clear, and the sealed database is gone: the PIN was taken off. */
export async function unseal(account: string, key: CryptoKey): Promise<void> {
	const db = await alone(account, () => unsealed(account, key));
	db.close();
}

async function unsealed(account: string, key: CryptoKey): Promise<ZhonggengDatabase> {
	const to = new ZhonggengDatabase(account);
	await to.open();
	const seal = sealingWith(key);
	if ((await versionOf(sealedDatabaseName(account))) !== undefined)
		await moved(
			sealedDatabaseName(account),
			new ZhonggengDatabase(account, { seal, version: movingVersion }),
			to
		);
	return to;
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
