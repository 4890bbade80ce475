import { expect, test } from 'vitest';
import { openStore } from '#storage/account-store.ts';
import { lockOf } from '#storage/lock-store.ts';
import { takeIn } from '#storage/moving.ts';
import { sealingWith } from '#storage/sealing.ts';
import { databaseName, lockDatabaseName, movingVersion, sealedDatabaseName } from '#storage/schema.ts';
import { ZhonggengDatabase } from '#storage/zhonggeng-database.ts';
import { failingAt } from './faults.ts';
import { lockable, names, openWith, pin, set, wrongPin } from './locked-account.ts';
import { quickKeeper } from './quick-keeper.ts';
import { checkIn, grid, ids, photoOf } from './records.ts';
import { clock, loaded } from './stores.ts';
import { pageText } from '../../page-text.ts';
import { storePulled } from '../../store-pulled.ts';

test('what lay in clear is sealed when the store is opened with the key, all of it, and the clear is gone', async () => {
	const account = lockable();
	const clear = await openStore({ account, now: clock });
	await clear.save({ revisions: [checkIn(1), checkIn(2)], photos: [photoOf(1)] });
	await clear.settle([{ id: checkIn(1)._id, outcome: 'refused', reason: 'body: no' }], clock().toISOString());
	await storePulled(clear, grid, [checkIn(3), checkIn(4)], { identity: 'a', seq: 7 });
	await clear.storePage(grid, pageText([{ id: checkIn(5)._id, doc: checkIn(5) }]), { identity: 'a', seq: 8 });
	await clear.rememberFeeds([grid]);
	const draft = { key: 'check-in:x', at: clock().toISOString(), value: '没写完' };
	await clear.keepDraft(draft);
	const before = await contents(clear);
	clear.close();

	const key = await set(quickKeeper(clock), account);
	const sealed = await openWith(account, key);
	expect(await contents(sealed)).toEqual(before);
	expect(await names()).not.toContain(databaseName(account));
	sealed.close();

	await quickKeeper(clock).remove(account, key);
	const back = await openStore({ account, now: clock });
	expect(await contents(back)).toEqual(before);
	expect(await names()).not.toContain(sealedDatabaseName(account));
	expect(await names()).not.toContain(lockDatabaseName(account));
	back.close();

	async function contents(store: typeof clear) {
		return {
			records: ids(await loaded(store, ['2026-09', '2026-10', '2026-11'])).toSorted(),
			waiting: (await store.waiting(9)).map(({ revision }) => revision._id),
			refused: await store.own('refused', 9),
			drafts: await store.drafts(),
			photo: await store.photo(photoOf(1).hash),
			photos: await store.photosWaiting(),
			page: (await store.oldestPage())?.changes,
			checkpoint: await store.checkpoint(grid),
			feeds: await store.feeds()
		};
	}
});

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9])(
	'sealing cut off at its write %i loses nothing and goes on when the store is opened next',
	async (step) => {
		const account = lockable();
		const clear = await openStore({ account, now: clock });
		await clear.save({ revisions: [checkIn(1), checkIn(2)], photos: [photoOf(1)] });
		await storePulled(clear, grid, [checkIn(3)], { identity: 'a', seq: 7 });
		await clear.keepDraft({ key: 'check-in:x', at: clock().toISOString(), value: '没写完' });
		clear.close();
		const key = await set(quickKeeper(clock), account);
		const from = new ZhonggengDatabase(account, { version: movingVersion });
		const to = failingAt(new ZhonggengDatabase(account, { seal: sealingWith(key) }), step);
		await takeIn(from, to).catch(() => 'cut off');
		from.close();
		to.close();

		await expect(openStore({ account, now: clock })).rejects.toMatchObject({ code: 'locked' });
		const sealed = await openWith(account, key);
		const held = ids(await loaded(sealed, ['2026-09', '2026-10', '2026-11']));
		expect(held.toSorted()).toEqual(ids([checkIn(1), checkIn(2), checkIn(3)]).toSorted());
		expect((await sealed.waiting(9)).map(({ revision }) => revision)).toEqual([checkIn(1), checkIn(2)]);
		expect(await sealed.photosWaiting()).toEqual(new Set([photoOf(1).hash]));
		expect((await sealed.photo(photoOf(1).hash))?.bytes).toEqual(photoOf(1).bytes);
		expect(await sealed.drafts()).toHaveLength(1);
		expect(await sealed.checkpoint(grid)).toEqual({ identity: 'a', seq: 7 });
		expect(await names()).not.toContain(databaseName(account));
		sealed.close();
	}
);

test('where the PIN was taken off, an attempt says that all lies in clear', async () => {
	const account = lockable();
	const keeper = quickKeeper(clock);
	const key = await set(keeper, account);
	(await openWith(account, key)).close();
	await keeper.remove(account, key);
	expect(await keeper.attempt(account, pin)).toEqual({ outcome: 'clear' });
	// The key of before seals nothing any more.
	await expect(openWith(account, key)).rejects.toMatchObject({ code: 'locked' });
	(await openStore({ account, now: clock })).close();
});

test.each([1, 2, 3])(
	'taking the PIN off, cut off at its write %i, loses nothing and ends with the right PIN: no lock, all in clear',
	async (step) => {
		const account = lockable();
		const keeper = quickKeeper(clock);
		const key = await set(keeper, account);
		const sealed = await openWith(account, key);
		await sealed.save({ revisions: [checkIn(1)] });
		await storePulled(sealed, grid, [checkIn(2)], { identity: 'a', seq: 7 });
		sealed.close();
		const from = new ZhonggengDatabase(account, { seal: sealingWith(key), version: movingVersion });
		const to = failingAt(new ZhonggengDatabase(account), step);
		await takeIn(from, to).catch(() => 'cut off');
		from.close();
		to.close();

		await expect(openStore({ account, now: clock })).rejects.toMatchObject({ code: 'locked' });
		await expect(openWith(account, key)).rejects.toMatchObject({ code: 'locked' });
		expect(await keeper.attempt(account, wrongPin)).toMatchObject({ outcome: 'wrong' });
		expect(await keeper.attempt(account, pin)).toEqual({ outcome: 'clear' });
		expect(await lockOf(account)).toBeUndefined();
		expect(await names()).not.toContain(sealedDatabaseName(account));
		const clear = await openStore({ account, now: clock });
		expect(ids(await loaded(clear, ['2026-09', '2026-10', '2026-11'])).toSorted()).toEqual(
			ids([checkIn(1), checkIn(2)]).toSorted()
		);
		expect(await clear.counts()).toEqual({ waiting: 1, refused: 0 });
		clear.close();
	}
);

test('a page whose store was moved away makes no new one beside it', async () => {
	const account = lockable();
	const keeper = quickKeeper(clock);
	const key = await set(keeper, account);
	const stale = await openWith(account, key);
	await stale.save({ revisions: [checkIn(1)] });
	await keeper.remove(account, key);
	await expect(stale.save({ revisions: [checkIn(2)] })).rejects.toMatchObject({ code: 'blocked' });
	expect(await names()).not.toContain(sealedDatabaseName(account));
	const clear = await openStore({ account, now: clock });
	expect(await clear.counts()).toEqual({ waiting: 1, refused: 0 });
	clear.close();
});
