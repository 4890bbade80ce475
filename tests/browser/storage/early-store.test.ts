import { expect, onTestFinished, test } from 'vitest';
import type { StoreNotice } from '#records/phone-store.ts';
import type { EarlyStore } from '#storage/early-store.ts';
import { openEarlyStore } from '#storage/early-store.ts';
import { databaseName, nativeVersion } from '#storage/schema.ts';
import { checkIn, checkIns, grid, household, ids } from './records.ts';
import { clock, freshAccount, opened } from './stores.ts';
import { storePulled } from '../../store-pulled.ts';

const checkpoint = { identity: 'a', seq: 7 };

async function early(account: string): Promise<EarlyStore> {
	const store = await openEarlyStore({ account, now: clock });
	onTestFinished(() => store.close());
	return store;
}

async function all(store: EarlyStore, months: readonly string[]): Promise<readonly string[]> {
	const found: string[] = [];
	await store.load(months, (revisions) => found.push(...ids(revisions)));
	return found.toSorted();
}

test('what a first screen shows is read alike before and after the whole store stands', async () => {
	const account = freshAccount();
	const before = await opened(account);
	const september = checkIns(0, 5, { day: 3 });
	await storePulled(before, grid, [...september, household(1)], checkpoint);
	await before.save({ revisions: checkIns(5, 2000, { day: 1 }) });
	await before.settle(
		[{ id: checkIn(5, { day: 1 })._id, outcome: 'refused', reason: 'scope' }],
		clock().toISOString()
	);
	await before.keepDraft({ key: 'round', at: clock().toISOString(), value: { typed: '字' } });
	const store = await early(account);
	const seen = async () => ({
		records: await all(store, ['2026-09']),
		none: await all(store, []),
		waiting: await store.own('waiting', 10),
		refused: await store.own('refused', 10),
		counts: await store.counts(),
		drafts: await store.drafts()
	});
	const first = await seen();
	expect(first.records).toEqual(
		ids([...september, household(1), ...checkIns(5, 2000, { day: 1 })]).toSorted()
	);
	expect(first.counts).toEqual({ waiting: 1994, refused: 1 });
	expect(first.waiting).toHaveLength(10);
	expect(first.refused.map(({ delivery }) => delivery.state)).toEqual(['refused']);
	expect(first.drafts.map(({ key }) => key)).toEqual(['round']);
	await store.whole();
	expect(await seen()).toEqual(first);
});

test('whoever listened before the whole store stood hears of what it saves, once, and of other tabs', async () => {
	const account = freshAccount();
	const other = await opened(account);
	const store = await early(account);
	const heard: StoreNotice[] = [];
	store.onNotice((notice) => heard.push(notice));
	await store.save({ revisions: [checkIn(1)] });
	expect(heard.map(({ type }) => type)).toEqual(['records', 'delivery']);
	await other.save({ revisions: [checkIn(2)] });
	await expect.poll(() => heard.length).toBe(4);
	expect(await store.counts()).toEqual({ waiting: 2, refused: 0 });
});

test('an account that is new here gets its database, and a database of a later version is refused', async () => {
	const account = freshAccount();
	const store = await early(account);
	expect(await all(store, [])).toEqual([]);
	store.close();
	await later(account);
	await expect(openEarlyStore({ account, now: clock })).rejects.toMatchObject({ code: 'newer' });
});

test('a store that was closed before the whole one stood makes none', async () => {
	const account = freshAccount();
	(await opened(account)).close();
	const store = await early(account);
	store.close();
	await expect(store.whole()).rejects.toMatchObject({ code: 'blocked' });
	await expect(store.counts()).rejects.toMatchObject({ code: 'blocked' });
});

function later(account: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const opening = indexedDB.open(databaseName(account), nativeVersion + 10);
		opening.onsuccess = () => {
			opening.result.close();
			resolve();
		};
		opening.onerror = () => reject(opening.error ?? new Error('not opened'));
	});
}
