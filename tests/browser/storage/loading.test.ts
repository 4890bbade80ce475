import { expect, test } from 'vitest';
import { packLimits } from '#storage/pack-limits.ts';
import { checkIns, grid, household, ids } from './records.ts';
import { freshAccount, loaded, opened } from './stores.ts';
import { storePulled } from '../../store-pulled.ts';

const checkpoint = { identity: 'a', seq: 7 };

test('kinds without months and the asked months are read, other months are left where they are', async () => {
	const store = await opened(freshAccount());
	const september = checkIns(0, 5, { day: 3 });
	const october = checkIns(5, 9, { day: 35 });
	await storePulled(store, grid, [...september, ...october, household(1)], checkpoint);
	expect(ids(await loaded(store)).toSorted()).toEqual([household(1)._id]);
	expect(ids(await loaded(store, ['2026-10'])).toSorted()).toEqual(
		ids([...october, household(1)]).toSorted()
	);
});

test('the tail is always read whole, whatever month it is of', async () => {
	const store = await opened(freshAccount());
	await store.save({ revisions: checkIns(0, 2500, { day: 1 }) });
	expect(ids(await loaded(store, ['2026-11']))).toEqual(ids(checkIns(0, 2500, { day: 1 })));
});

test('records come in chunks, and the total is met at the end', async () => {
	const store = await opened(freshAccount());
	const all = [...checkIns(0, 4500, { day: 2 }), household(1)];
	await storePulled(store, grid, all, checkpoint);
	const chunks: number[] = [];
	let lastTotal = 0;
	await store.load(['2026-09'], (revisions, total) => {
		chunks.push(revisions.length);
		lastTotal = total;
		expect(total).toBe(all.length);
	});
	expect(Math.max(...chunks)).toBeLessThanOrEqual(packLimits.records);
	expect(chunks.reduce((sum, count) => sum + count, 0)).toBe(lastTotal);
});

test('a record in the tail and in a pack comes once, and the total shrinks to what came', async () => {
	const account = freshAccount();
	const store = await opened(account, { ...packLimits, keep: 0, foldAt: 1 });
	const mine = checkIns(0, 10, { author: account });
	await store.save({ revisions: mine });
	await store.settle(
		ids(mine).map((id) => ({ id, outcome: 'delivered' })),
		'2026-11-23T09:00:00.000Z'
	);
	await store.compact();
	await store.offerAgain(grid);
	const totals: number[] = [];
	const seen: string[] = [];
	await store.load(['2026-09'], (revisions, total) => {
		seen.push(...ids(revisions));
		totals.push(total);
	});
	expect(seen.toSorted()).toEqual(ids(mine).toSorted());
	expect(totals.at(-1)).toBeGreaterThanOrEqual(seen.length);
});

test('packs joined by another tab in the middle of reading are read all the same', async () => {
	const account = freshAccount();
	const store = await opened(account);
	const other = await opened(account);
	const all = checkIns(0, 60, { day: 4 });
	for (const revision of all) await storePulled(store, grid, [revision], checkpoint);
	const seen: string[] = [];
	let joined: Promise<void> | undefined;
	await store.load(['2026-09'], (revisions) => {
		seen.push(...ids(revisions));
		joined ??= other.compact();
	});
	await joined;
	expect(seen.toSorted()).toEqual(ids(all).toSorted());
});
