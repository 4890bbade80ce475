import { expect, test } from 'vitest';
import { AccountStore } from '#storage/account-store.ts';
import { storeParts } from '#storage/store-parts.ts';
import { packLimits } from '#storage/pack-limits.ts';
import { parsePack } from '#storage/pack-text.ts';
import { failingAt } from './faults.ts';
import { checkIns, grid, household, ids } from './records.ts';
import { clock, database, freshAccount, loaded, opened } from './stores.ts';
import { smallLimits } from './small-limits.ts';
import { storePulled } from '../../store-pulled.ts';

const months = ['2026-09', '2026-10'];
const at = '2026-11-23T09:00:00.000Z';

interface Held {
	readonly tail: number;
	readonly packs: readonly number[];
	readonly inPacks: readonly string[];
}

/** What lies where, counted from the rows themselves; labels and texts must agree. */
async function held(account: string): Promise<Held> {
	const db = database(account);
	const tail = await db.tail.count();
	const labels = await db.packs.toArray();
	const texts = new Map((await db.packTexts.toArray()).map(({ n, text }) => [n, text]));
	db.close();
	expect([...texts.keys()].toSorted((a, b) => a - b)).toEqual(labels.map(({ n }) => n));
	const inPacks = labels.flatMap(({ n, count, size, marks }) => {
		const text = texts.get(n) ?? '';
		const records = parsePack(text);
		expect({ count, size }).toEqual({ count: records.length, size: text.length });
		expect([...marks]).toEqual(records.map(({ hash }) => Number.parseInt(hash.slice(0, 13), 16)));
		return records.map(({ _id }) => _id);
	});
	return { tail, packs: labels.map(({ count }) => count), inPacks };
}

async function withSettled(account: string, count: number): Promise<AccountStore> {
	const store = await opened(account, smallLimits);
	const mine = checkIns(0, count, { author: account });
	await store.save({ revisions: mine });
	await store.settle(
		ids(mine).map((id) => ({ id, outcome: 'delivered' })),
		at
	);
	return store;
}

test('delivered rows beyond the newest move into packs; waiting and refused ones stay', async () => {
	const account = freshAccount();
	const store = await withSettled(account, 20);
	const [waiting, refused] = [checkIns(20, 25, { author: account }), checkIns(25, 28, { author: account })];
	await store.save({ revisions: [...waiting, ...refused] });
	await store.settle(
		ids(refused).map((id) => ({ id, outcome: 'refused', reason: 'body: no' })),
		at
	);
	await store.compact();

	const { tail, inPacks } = await held(account);
	expect(tail).toBe(smallLimits.keep + 5 + 3);
	expect(inPacks.toSorted()).toEqual(ids(checkIns(0, 18, { author: account })).toSorted());
	expect(await store.counts()).toEqual({ waiting: 5, refused: 3 });
	expect(await store.delivery(checkIns(19, 20, { author: account })[0]?._id ?? '')).toEqual({
		state: 'delivered',
		at
	});
});

test('a few delivered rows are left where they are', async () => {
	const account = freshAccount();
	const store = await withSettled(account, smallLimits.keep + smallLimits.foldAt - 1);
	await store.compact();
	expect((await held(account)).packs).toEqual([]);
});

test('many small packs of a month become few, within the limits, and other groups stay apart', async () => {
	const account = freshAccount();
	const store = await opened(account, smallLimits);
	const all = checkIns(0, 50, { day: 5 });
	for (const revision of all) await storePulled(store, grid, [revision], { identity: 'a', seq: 1 });
	await storePulled(store, grid, [household(1)], { identity: 'a', seq: 2 });
	expect((await held(account)).packs).toHaveLength(51);
	await store.compact();

	const { packs, inPacks } = await held(account);
	expect(packs.length).toBeLessThan(20);
	expect(Math.max(...packs)).toBeLessThanOrEqual(smallLimits.records);
	expect(inPacks.toSorted()).toEqual(ids([...all, household(1)]).toSorted());
	expect(ids(await loaded(store))).toEqual([household(1)._id]);
});

test('a pack stays within its length of text, and a record longer than that has one to itself', async () => {
	const account = freshAccount();
	const store = await opened(account, { ...packLimits, characters: 3000 });
	const long = checkIns(0, 3, { day: 1, note: '长'.repeat(1900) });
	const longer = checkIns(3, 4, { day: 1, note: '长'.repeat(3500) });
	await storePulled(store, grid, [...long, ...longer, ...checkIns(4, 12, { day: 1 })], {
		identity: 'a',
		seq: 1
	});
	const { packs, inPacks } = await held(account);
	expect(packs.filter((count) => count > 1)).not.toEqual([]);
	expect(packs.slice(0, 4)).toEqual([1, 1, 1, 1]);
	expect(inPacks).toHaveLength(12);
});

test.each(Array.from({ length: 24 }, (_, index) => index + 1))(
	'compaction cut off at its write %i loses nothing and counts nothing double',
	async (step) => {
		const account = freshAccount();
		const store = await withSettled(account, 12);
		const pulled = checkIns(100, 112, { day: 6 });
		for (const revision of pulled) await storePulled(store, grid, [revision], { identity: 'a', seq: 1 });
		const all = ids([...checkIns(0, 12, { author: account }), ...pulled]).toSorted();

		const db = failingAt(database(account), step);
		const faulty = new AccountStore(storeParts(db, { account, now: clock, limits: smallLimits }));
		await expect(faulty.compact()).rejects.toMatchObject({ code: 'blocked' });
		faulty.close();

		const { tail, inPacks } = await held(account);
		expect(tail + inPacks.length).toBe(all.length);
		expect(new Set(inPacks).size).toBe(inPacks.length);
		expect(ids(await loaded(store, months)).toSorted()).toEqual(all);
		await store.compact();
		expect(ids(await loaded(store, months)).toSorted()).toEqual(all);
	}
);

test('two tabs that compact at once do no harm', async () => {
	const account = freshAccount();
	const store = await withSettled(account, 40);
	const other = await opened(account, smallLimits);
	await Promise.all([store.compact(), other.compact(), store.compact()]);
	const { tail, inPacks } = await held(account);
	expect(tail + inPacks.length).toBe(40);
	expect(new Set(inPacks).size).toBe(inPacks.length);
});
