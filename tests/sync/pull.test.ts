import { expect, test } from 'vitest';
import type { Revision } from '#records/revision.ts';
import { pull } from '../../src/sync/pull.ts';
import { takeInPages } from '../../src/sync/take-in-pages.ts';
import { pageText } from '../page-text.ts';
import { MemoryStore } from './memory-store.ts';
import { checkIns, gridDatabase } from './records.ts';

/** A phone that reads a feed of these pages; `page` may keep one back. */
function reading(pages: readonly (readonly Revision[])[], page = (_index: number) => Promise.resolve()) {
	const store = new MemoryStore('li');
	const told: string[] = [];
	const database = {
		changes: async (since: string | number) => {
			const index = Number(since);
			await page(index);
			const came = pageText((pages[index] ?? []).map((doc) => ({ id: doc._id, doc })));
			return { ...came, lastSeq: index + 1, pending: pages.length - index - 1 };
		}
	};
	const deps = {
		store,
		remote: { database: () => database },
		now: () => new Date(0),
		breathe: () => Promise.resolve(),
		onDamaged: () => {},
		onPage: (changes: number, left: number) => told.push(`${changes} came, ${left} left`),
		onTakenIn: (name: string, changes: number) => told.push(`${changes} of ${name} taken in`)
	};
	return { store, told, deps, run: () => pull(deps, gridDatabase, { identity: 'a', seq: 0 }) };
}

const pages = [checkIns(3, 0), checkIns(2, 3), checkIns(4, 5)];

test('all pages are on the disk, and the checkpoint with them, before the first is taken in', async () => {
	const { store, told, deps, run } = reading(pages);
	await run();
	expect(told).toEqual(['3 came, 2 left', '2 came, 1 left', '4 came, 0 left']);
	expect(await store.checkpoint(gridDatabase)).toEqual({ identity: 'a', seq: 3 });
	expect(store.revisions.size).toBe(0);
	await takeInPages(deps);
	expect(told.slice(3)).toEqual([3, 2, 4].map((count) => `${count} of ${gridDatabase} taken in`));
	expect([...store.revisions.values()]).toEqual(pages.flat());
});

test('while the line is slow, what came is taken in', async () => {
	const first = Promise.withResolvers<undefined>();
	const { store, told, run } = reading(pages, (index) => (index === 1 ? first.promise : Promise.resolve()));
	store.onNotice(({ type }) => {
		if (type === 'records') first.resolve(undefined);
	});
	await run();
	expect(told.slice(0, 3)).toEqual(['3 came, 2 left', `3 of ${gridDatabase} taken in`, '2 came, 1 left']);
});

test('a line that breaks leaves what came, and where to go on', async () => {
	const { store, run } = reading(pages, (index) =>
		index === 2 ? Promise.reject(new Error('tunnel')) : Promise.resolve()
	);
	await expect(run()).rejects.toThrow('tunnel');
	expect((await store.oldestPage())?.changes).toHaveLength(3);
	expect(await store.checkpoint(gridDatabase)).toEqual({ identity: 'a', seq: 2 });
});
