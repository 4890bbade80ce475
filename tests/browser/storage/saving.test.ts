import { expect, onTestFinished, test } from 'vitest';
import { AccountStore } from '#storage/account-store.ts';
import { storeParts } from '#storage/store-parts.ts';
import { StoreError } from '#records/phone-store.ts';
import { failingAt } from './faults.ts';
import { smallBucket } from './small-bucket.ts';
import { checkIn, checkIns, ids, photoOf } from './records.ts';
import { clock, database, freshAccount, loaded, opened } from './stores.ts';

const months = ['2026-09'];
const draft = { key: 'check-in:h1', at: '2026-11-23T02:03:04.000Z', value: { note: 'half' } };

test('what was saved is there, and waits, when the store is opened again', async () => {
	const account = freshAccount();
	const store = await opened(account);
	const revision = checkIn(1, { author: account });
	await store.save({ revisions: [revision] });
	store.close();

	const again = await opened(account);
	expect(await loaded(again, months)).toEqual([revision]);
	expect(await again.delivery(revision._id)).toEqual({ state: 'waiting' });
	expect(await again.counts()).toEqual({ waiting: 1, refused: 0 });
});

test('records, photos and the end of their draft are written together', async () => {
	const account = freshAccount();
	const store = await opened(account);
	const photo = photoOf(1, 2, 3);
	await store.keepDraft(draft);
	await store.save({ revisions: [checkIn(1)], photos: [photo], finishedDraft: draft.key });

	expect(await store.draft(draft.key)).toBeUndefined();
	expect(await store.photo(photo.hash)).toEqual(photo);
	expect(await store.photosWaiting()).toEqual(new Set([photo.hash]));
});

test('a record alone and the end of its draft are written together, also when it is held already', async () => {
	const store = await opened(freshAccount());
	for (let times = 0; times < 2; times += 1) {
		await store.keepDraft(draft);
		await store.save({ revisions: [checkIn(1)], finishedDraft: draft.key });
		expect(await store.draft(draft.key)).toBeUndefined();
		expect(await store.counts()).toEqual({ waiting: 1, refused: 0 });
	}
	expect(await loaded(store, months)).toEqual([checkIn(1)]);
});

test('saving a record twice holds it once, and the rest of the write all the same', async () => {
	const store = await opened(freshAccount());
	await store.save({ revisions: [checkIn(1)] });
	await store.save({ revisions: [checkIn(1), checkIn(2)] });
	expect(ids(await loaded(store, months))).toEqual(ids(checkIns(1, 3)));
	expect(await store.counts()).toEqual({ waiting: 2, refused: 0 });
});

test.each([1, 2, 3, 4, 5, 6])('a write cut off at its step %i leaves nothing of it behind', async (step) => {
	const account = freshAccount();
	const store = await opened(account);
	await store.keepDraft(draft);
	await store.save({ revisions: [checkIn(0)] });

	const faulty = new AccountStore(storeParts(failingAt(database(account), step), { account, now: clock }));
	const write = {
		revisions: checkIns(1, 4),
		photos: [photoOf(1), photoOf(2)],
		finishedDraft: draft.key
	};
	await expect(faulty.save(write)).rejects.toThrow(StoreError);
	faulty.close();

	expect(await loaded(store, months)).toEqual([checkIn(0)]);
	expect(await store.draft(draft.key)).toEqual(draft);
	expect(await store.photosWaiting()).toEqual(new Set());
	expect(await store.photo(photoOf(1).hash)).toBeUndefined();
	await store.save(write);
	expect(await store.counts()).toEqual({ waiting: 4, refused: 0 });
});

test('a full device is told as such, with the cause, and nothing is half-written', async () => {
	const account = freshAccount();
	const bucket = await smallBucket(account, 2_000_000);
	const store = new AccountStore(storeParts(database(account, bucket), { account, now: clock }));
	onTestFinished(() => store.close());
	await store.save({ revisions: [checkIn(0)] });

	const photos = Array.from({ length: 64 }, (_, n) => ({
		...photoOf(n),
		bytes: crypto.getRandomValues(new Uint8Array(65_536))
	}));
	const failed: unknown = await store
		.save({ revisions: [checkIn(1)], photos })
		.catch((error: unknown) => error);
	expect(failed).toBeInstanceOf(StoreError);
	expect(failed).toMatchObject({ code: 'full' });
	expect(failed).toHaveProperty('cause');
	// A record alone takes another way to the disk.
	const noise = Array.from(crypto.getRandomValues(new Uint8Array(65_536)), (byte) => byte.toString(16));
	const large = { ...checkIn(2), body: { note: Array.from({ length: 64 }, () => noise.join('')) } };
	await expect(store.save({ revisions: [large] })).rejects.toMatchObject({ code: 'full' });

	expect(await loaded(store, months)).toEqual([checkIn(0)]);
	expect(await store.photosWaiting()).toEqual(new Set());
});

test('a closed store says so with an error, and does not open by itself', async () => {
	const store = await opened(freshAccount());
	store.close();
	await expect(store.save({ revisions: [checkIn(1)] })).rejects.toMatchObject({ code: 'blocked' });
});

test('a connection that the browser closed is opened again when next used', async () => {
	const account = freshAccount();
	const db = database(account);
	const store = new AccountStore(storeParts(db, { account, now: clock }));
	await store.save({ revisions: [checkIn(1)] });
	db.backendDB().close();
	await store.save({ revisions: [checkIn(2)] });
	expect(ids(await loaded(store, months))).toEqual(ids(checkIns(1, 3)));
	store.close();
});
