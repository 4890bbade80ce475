import type { DBCore, Middleware } from 'dexie';
import { dropLabels } from './dropping-photos.ts';
import { forgetFeeds } from './dropping-unreadable.ts';
import { nativeVersion, sealedDatabaseName } from './schema.ts';
import { onDisk } from './store-failure.ts';
import { ZhonggengDatabase } from './zhonggeng-database.ts';

/** Nothing is opened: what is in clear says enough. */
const unopened: Middleware<DBCore> = { stack: 'dbcore', name: 'unopened', create: (core) => core };

/**
 * Takes what is delivered out of an account's sealed database, if it has one, without its key; it is read anew from
 * the server when the account works here again. What is undelivered stays, and drafts, with photos they may name.
 */
export function dropSealed(account: string): Promise<void> {
	return onDisk(async () => {
		const name = sealedDatabaseName(account);
		const held = (await indexedDB.databases()).find((database) => database.name === name);
		// One that is being moved or taken off the device is somebody else's.
		if (held?.version !== nativeVersion) return;
		const db = new ZhonggengDatabase(account, { seal: unopened });
		await db.open();
		try {
			await dropDelivered(db);
		} finally {
			db.close();
		}
	});
}

function dropDelivered(db: ZhonggengDatabase): PromiseLike<void> {
	return db.transaction('rw', db.tables, async () => {
		await db.tail.where('delivery.state').equals('delivered').delete();
		await db.packs.clear();
		await db.packTexts.clear();
		await db.pages.clear();
		await forgetFeeds(db, () => true);
		const drafts = await db.drafts.count();
		const labels = await db.photos.toArray();
		await dropLabels(
			db,
			labels.filter(({ state }) => state === 'delivered' || (state === 'kept' && drafts === 0))
		);
	});
}
