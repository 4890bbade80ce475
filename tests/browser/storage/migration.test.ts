import { expect, onTestFinished, test } from 'vitest';
import { checkRecord } from '#kinds/check-record.ts';
import { hashOfBytes } from '#records/hash.ts';
import { databaseName, schemaVersion } from '#storage/schema.ts';
import { ZhonggengDatabase } from '#storage/zhonggeng-database.ts';
import { checkIn, grid, household, ids } from './records.ts';
import { freshAccount, loaded, nextNotice, opened } from './stores.ts';
import { laidDown, version1 } from './version-1.ts';
import { storePulled } from '../../store-pulled.ts';

const { delivered, waiting, pulled } = version1.records;
const hash = hashOfBytes(version1.photo.bytes);

/** Opens the account's database as a later version of the app would, and keeps it open. */
function openedByLater(account: string): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const opening = indexedDB.open(databaseName(account), (schemaVersion + 1) * 10);
		opening.onupgradeneeded = () => opening.result.createObjectStore('later', { keyPath: 'key' });
		opening.onsuccess = () => {
			onTestFinished(() => opening.result.close());
			opening.result.onversionchange = () => opening.result.close();
			resolve(opening.result);
		};
		opening.onerror = () => reject(opening.error ?? new Error('not opened'));
	});
}

test('the records of the version 1 fixture are records still', () => {
	for (const record of [delivered, waiting, pulled]) expect(checkRecord(record)).toMatchObject({ ok: true });
	expect(version1.photo.hash).toBe(hash);
});

test('a database of version 1 is taken over with everything in it', async () => {
	const account = freshAccount();
	await laidDown(account);
	const store = await opened(account);

	expect(await loaded(store)).toEqual([delivered, waiting, pulled]);
	expect(await store.counts()).toEqual({ waiting: 1, refused: 0 });
	expect(await store.waiting(9)).toEqual([{ order: 2, revision: waiting }]);
	expect(await store.delivery(delivered._id)).toEqual({ state: 'delivered', at: version1.deliveredAt });
	expect(await store.checkpoint(version1.database)).toEqual(version1.checkpoint);
	expect(await store.feeds()).toEqual([version1.database]);
	expect(await store.drafts()).toEqual([version1.draft]);
	expect(await store.photosWaiting()).toEqual(new Set([hash]));
	expect(await store.photo(hash)).toEqual({
		...version1.photo,
		database: version1.database,
		type: 'image/webp'
	});
});

test('work goes on in a database taken over from version 1', async () => {
	const account = freshAccount();
	await laidDown(account);
	const store = await opened(account);
	await store.save({ revisions: [checkIn(1)] });
	await storePulled(store, grid, [household(2)], { identity: 'a', seq: '13-abc' });
	expect(ids((await store.waiting(9)).map(({ revision }) => revision))).toEqual([
		waiting._id,
		checkIn(1)._id
	]);
	expect(new Set(ids(await loaded(store)))).toEqual(
		new Set([delivered._id, waiting._id, pulled._id, checkIn(1)._id, household(2)._id])
	);
});

test('a database taken over has the same stores and indexes as one made today', async () => {
	const account = freshAccount();
	await laidDown(account);
	const shapes = [account, freshAccount()].map(async (name) => {
		const db = await new ZhonggengDatabase(name).open();
		const native = db.backendDB();
		const shape = [...native.objectStoreNames].map((store) => {
			const { keyPath, autoIncrement, indexNames } = native.transaction(store).objectStore(store);
			return { store, keyPath, autoIncrement, indexes: [...indexNames] };
		});
		db.close();
		return shape;
	});
	const [old, fresh] = await Promise.all(shapes);
	expect(old).toEqual(fresh);
});

test('a database of a later version is left alone, with a clear error', async () => {
	const account = freshAccount();
	(await openedByLater(account)).close();
	await expect(opened(account)).rejects.toMatchObject({ name: 'StoreError', code: 'newer' });

	const held = (await indexedDB.databases()).find(({ name }) => name === databaseName(account));
	expect(held?.version).toBe((schemaVersion + 1) * 10);
});

test('a tab is told when a later version takes over, lets it, and stores nothing more', async () => {
	const account = freshAccount();
	const store = await opened(account);
	await store.save({ revisions: [checkIn(1)] });
	const notice = nextNotice(store);
	const later = await openedByLater(account);
	expect(await notice).toEqual({ type: 'superseded' });
	await expect(store.save({ revisions: [checkIn(2)] })).rejects.toMatchObject({ code: 'newer' });
	expect(await countOf(later, 'tail')).toBe(1);
});

function countOf(db: IDBDatabase, store: string): Promise<number> {
	return new Promise((resolve, reject) => {
		const request = db.transaction(store).objectStore(store).count();
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('not counted'));
	});
}
