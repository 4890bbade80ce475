import { expect, test } from 'vitest';
import { destroyStore } from '#storage/destroying.ts';
import { schemaVersion } from '#storage/schema.ts';
import { checkIn, grid, ids, photoOf } from './records.ts';
import { freshAccount, loaded, nameOf, opened } from './stores.ts';
import { storePulled } from '../../store-pulled.ts';

const at = '2026-11-23T02:03:04.000Z';

async function exists(account: string): Promise<boolean> {
	return (await indexedDB.databases()).some(({ name }) => name === nameOf(account));
}

test('an account with nothing undelivered is taken off the device', async () => {
	const account = freshAccount();
	const store = await opened(account);
	await store.save({ revisions: [checkIn(1)] });
	await store.settle([{ id: checkIn(1)._id, outcome: 'delivered' }], at);
	await storePulled(store, grid, [checkIn(2)], { identity: 'a', seq: 1 });
	store.close();
	expect(await destroyStore(account)).toEqual({ destroyed: true });
	expect(await exists(account)).toBe(false);
});

test('work that is only here keeps the account on the device, and is counted', async () => {
	const account = freshAccount();
	const store = await opened(account);
	await store.save({ revisions: [checkIn(1), checkIn(2), checkIn(3)], photos: [photoOf(1)] });
	await store.settle([{ id: checkIn(1)._id, outcome: 'refused', reason: 'body: no' }], at);
	store.close();
	expect(await destroyStore(account)).toEqual({ destroyed: false, waiting: 3, refused: 1 });

	const again = await opened(account);
	expect(ids(await loaded(again))).toEqual(ids([checkIn(1), checkIn(2), checkIn(3)]));
	expect(await again.photo(photoOf(1).hash)).toEqual(photoOf(1));
});

test('a tab that still has the account open goes on working after a refusal', async () => {
	const account = freshAccount();
	const store = await opened(account);
	await store.save({ revisions: [checkIn(1)] });
	const notices: string[] = [];
	store.onNotice(({ type }) => notices.push(type));
	expect(await destroyStore(account)).toEqual({ destroyed: false, waiting: 1, refused: 0 });
	expect(notices).toEqual([]);
	await store.save({ revisions: [checkIn(2)] });
	expect(await store.counts()).toEqual({ waiting: 2, refused: 0 });
});

test('a tab that saves at the same moment loses nothing', async () => {
	const account = freshAccount();
	const store = await opened(account);
	const saves = [1, 2, 3, 4].map((n) => store.save({ revisions: [checkIn(n)] }));
	await Promise.all([destroyStore(account), ...saves]);
	const held = ids(await loaded(store));
	expect(held).toEqual(ids([checkIn(1), checkIn(2), checkIn(3), checkIn(4)]));
});

test('an account whose leaving was cut off can be used afresh', async () => {
	const account = freshAccount();
	const name = nameOf(account);
	(await opened(account)).close();
	await new Promise((resolve, reject) => {
		const cutOff = indexedDB.open(name, schemaVersion * 10 + 1);
		cutOff.onupgradeneeded = () => {
			for (const store of [...cutOff.result.objectStoreNames]) cutOff.result.deleteObjectStore(store);
		};
		cutOff.onsuccess = () => resolve(cutOff.result.close());
		cutOff.onerror = () => reject(cutOff.error ?? new Error('not cut off'));
	});
	const store = await opened(account);
	await store.save({ revisions: [checkIn(1)] });
	expect(await store.counts()).toEqual({ waiting: 1, refused: 0 });
});

test('an account that was never here is gone already, and none is made', async () => {
	const account = freshAccount();
	expect(await destroyStore(account)).toEqual({ destroyed: true });
	expect(await exists(account)).toBe(false);
});
