import { expect, test } from 'vitest';
import { StoreError, type StoreNotice } from '#records/phone-store.ts';
import type { Revision } from '#records/revision.ts';
import { AccountStore } from '#storage/account-store.ts';
import { storeParts } from '#storage/store-parts.ts';
import { parsePack } from '#storage/pack-text.ts';
import { failingAt } from './faults.ts';
import { checkIn, checkIns, grid, household, ids } from './records.ts';
import { clock, database, freshAccount, loaded, opened } from './stores.ts';
import { pageText } from '../../page-text.ts';
import { storePulled } from '../../store-pulled.ts';

const months = ['2026-09', '2026-10'];
const checkpoint = { identity: 'a', seq: 7 };
const later = { identity: 'a', seq: '12-xyz' };

/** Everything that lies in packs, repeats included. */
async function packed(account: string): Promise<readonly string[]> {
	const db = database(account);
	const texts = await db.packTexts.toArray();
	db.close();
	return texts.flatMap(({ text }) => {
		const records = parsePack(text);
		return records.map(({ _id }) => _id);
	});
}

test('a batch and its checkpoint are there when the store is opened again', async () => {
	const account = freshAccount();
	const store = await opened(account);
	expect(await store.checkpoint(grid)).toBeUndefined();
	const batch = [...checkIns(0, 40), household(1), household(2)];
	await storePulled(store, grid, batch, checkpoint);
	store.close();

	const again = await opened(account);
	expect(ids(await loaded(again, months)).toSorted()).toEqual(ids(batch).toSorted());
	expect(await again.checkpoint(grid)).toEqual(checkpoint);
	expect(await again.counts()).toEqual({ waiting: 0, refused: 0 });
});

test('an empty batch still moves the checkpoint', async () => {
	const store = await opened(freshAccount());
	await storePulled(store, grid, [], checkpoint);
	await storePulled(store, grid, [], later);
	expect(await store.checkpoint(grid)).toEqual(later);
	expect(await store.checkpoint('zg-qianmen')).toBeUndefined();
});

test('the same batch again stores nothing twice and tells nothing', async () => {
	const account = freshAccount();
	const store = await opened(account);
	await storePulled(store, grid, [...checkIns(0, 30), household(1)], checkpoint);
	const notices: StoreNotice[] = [];
	store.onNotice((notice) => notices.push(notice));
	await storePulled(store, grid, [...checkIns(0, 30), household(1)], later);
	expect(notices).toEqual([]);
	await storePulled(store, grid, [...checkIns(29, 31), checkIn(30)], later);
	expect(notices).toEqual([{ type: 'records', revisions: [checkIn(30)] }]);
	expect((await packed(account)).toSorted()).toEqual(ids([...checkIns(0, 31), household(1)]).toSorted());
});

test('own records that come back are delivered, and not stored a second time', async () => {
	const account = freshAccount();
	const store = await opened(account);
	const mine = checkIns(0, 3, { author: account });
	await store.save({ revisions: mine });
	await storePulled(store, grid, [...mine.slice(0, 2), checkIn(9)], checkpoint);

	expect(await packed(account)).toEqual([checkIn(9)._id]);
	expect(await store.counts()).toEqual({ waiting: 1, refused: 0 });
	const at = clock().toISOString();
	expect(await store.own('delivered', 9)).toEqual(
		mine.slice(0, 2).map((revision) => ({ revision, delivery: { state: 'delivered', at } }))
	);
});

test.each([1, 2])(
	'a page cut off at write %i of putting it down is not there, nor its checkpoint',
	async (step) => {
		const account = freshAccount();
		const store = await opened(account);
		await storePulled(store, grid, [checkIn(0)], checkpoint);

		const faulty = faultyStore(account, step);
		await expect(faulty.storePage(grid, pageText(pageOf([checkIn(1)])), later)).rejects.toMatchObject({
			code: 'blocked'
		});
		faulty.close();

		expect(await store.oldestPage()).toBeUndefined();
		expect(await store.checkpoint(grid)).toEqual(checkpoint);
	}
);

test.each([1, 2, 3, 4, 5, 6])(
	'a page cut off at write %i of taking it in is still there, whole, and nothing of it beside',
	async (step) => {
		const account = freshAccount();
		const store = await opened(account);
		await storePulled(store, grid, [checkIn(0)], checkpoint);
		await store.save({ revisions: [checkIn(1, { author: account })] });
		const batch = [checkIn(1, { author: account }), checkIn(2), household(3)];
		await store.storePage(grid, pageText(pageOf(batch)), later);
		const page = await store.oldestPage();
		if (!page) throw new Error('a page');
		expect(page).toMatchObject({ database: grid, changes: pageOf(batch) });

		const faulty = faultyStore(account, step);
		await expect(faulty.takeIn(page, batch)).rejects.toMatchObject({ code: 'blocked' });
		faulty.close();

		expect(await store.oldestPage()).toEqual(page);
		expect(await packed(account)).toEqual([checkIn(0)._id]);
		expect(await store.counts()).toEqual({ waiting: 1, refused: 0 });
		await store.takeIn(page, batch);
		expect(await store.oldestPage()).toBeUndefined();
		expect(ids(await loaded(store, months))).toHaveLength(4);
	}
);

test('pages are taken in as they came, and no page shows a record before', async () => {
	const store = await opened(freshAccount());
	await store.storePage('zg-qianmen', pageText(pageOf([checkIn(1)])), checkpoint);
	await store.storePage(grid, pageText(pageOf([checkIn(2)])), later);
	expect(await loaded(store, months)).toEqual([]);
	for (const record of [checkIn(1), checkIn(2)]) {
		const page = await store.oldestPage();
		if (!page) throw new Error('a page');
		expect(page.changes).toEqual(pageOf([record]));
		await store.takeIn(page, [record]);
	}
	expect(ids(await loaded(store, months))).toEqual(ids([checkIn(1), checkIn(2)]));
});

test.each([
	['text that is not JSON', { text: '[{' }],
	['something else than a page', { text: '{}' }],
	['no text', {}]
])('a page with %s goes, and its feed is read anew; others are not touched', async (_what, damaged) => {
	const account = freshAccount();
	const store = await opened(account);
	await store.storePage('zg-qianmen', pageText(pageOf([checkIn(1)])), checkpoint);
	await store.storePage(grid, pageText(pageOf([checkIn(2)])), checkpoint);
	await store.storePage(grid, pageText(pageOf([checkIn(3)])), later);
	const [first, second, third] = await pageNumbers(account);
	if (!first || !second || !third) throw new Error('three pages');
	const db = database(account);
	await db.table('pages').put({ n: second, database: grid, ...damaged });
	db.close();

	expect(await store.oldestPage()).toMatchObject({ n: first });
	await store.takeIn({ n: first, database: 'zg-qianmen', changes: [] }, [checkIn(1)]);
	await expect(store.oldestPage()).rejects.toBeInstanceOf(StoreError);
	expect(await store.checkpoint(grid)).toBeUndefined();
	expect(await store.checkpoint('zg-qianmen')).toEqual(checkpoint);
	expect(await store.oldestPage()).toMatchObject({ n: third, changes: pageOf([checkIn(3)]) });
	expect(await pageNumbers(account)).toEqual([third]);
});

async function pageNumbers(account: string): Promise<readonly number[]> {
	const db = database(account);
	const numbers = await db.pages.toCollection().primaryKeys();
	db.close();
	return numbers;
}

function faultyStore(account: string, step: number): AccountStore {
	return new AccountStore(storeParts(failingAt(database(account), step), { account, now: clock }));
}

function pageOf(revisions: readonly Revision[]) {
	return revisions.map((doc) => ({ id: doc._id, doc }));
}

test('the databases followed are remembered', async () => {
	const store = await opened(freshAccount());
	expect(await store.feeds()).toEqual([]);
	await store.rememberFeeds([grid, 'zg-qianmen']);
	expect(await store.feeds()).toEqual([grid, 'zg-qianmen']);
});
