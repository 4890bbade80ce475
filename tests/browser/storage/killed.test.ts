import { expect, test } from 'vitest';
import { isDone, otherTab, told, type Told, type Wish } from './other-tab.ts';
import { checkIns, grid, ids } from './records.ts';
import { freshAccount, loaded, opened } from './stores.ts';
import { storePulled } from '../../store-pulled.ts';

const months = ['2026-09'];
const at = '2026-11-23T09:00:00.000Z';

function isWrite(number: number): (said: Told) => said is Extract<Told, { type: 'write' }> {
	return (said): said is Extract<Told, { type: 'write' }> => said.type === 'write' && said.write === number;
}

test.each([1, 3, 5, 8, 11, 14, 17, 20])(
	'a worker killed at about its write %i of a compaction loses nothing and leaves nothing double',
	async (write) => {
		const account = freshAccount();
		const store = await opened(account);
		const mine = checkIns(0, 12, { author: account, day: 1 });
		const pulled = checkIns(100, 112, { day: 6 });
		await store.save({ revisions: mine });
		await store.settle(
			ids(mine).map((id) => ({ id, outcome: 'delivered' })),
			at
		);
		for (const revision of pulled) await storePulled(store, grid, [revision], { identity: 'a', seq: 1 });

		const worker = otherTab();
		const there = told(worker, isWrite(write));
		worker.postMessage({ type: 'compact', account } satisfies Wish);
		await there;
		worker.terminate();

		const all = ids([...mine, ...pulled]).toSorted();
		expect(ids(await loaded(store, months)).toSorted()).toEqual(all);
		const finishing = otherTab();
		const done = told(finishing, isDone);
		finishing.postMessage({ type: 'compact', account } satisfies Wish);
		await done;
		expect(ids(await loaded(store, months)).toSorted()).toEqual(all);
		expect(await store.own('delivered', 100)).toHaveLength(2);
	}
);

test('a worker killed while saving leaves all of the write or nothing', async () => {
	const account = freshAccount();
	const store = await opened(account);
	for (const [index, size] of [1, 50, 300, 1000].entries()) {
		const write = checkIns(0, size, { day: index });
		const before = (await store.counts()).waiting;
		const worker = otherTab();
		const there = told(worker, isWrite(1));
		worker.postMessage({ type: 'save', account, revisions: write } satisfies Wish);
		await there;
		worker.terminate();
		expect([before, before + size]).toContain((await store.counts()).waiting);
	}
});
