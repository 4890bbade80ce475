import { describe, expect, test } from 'vitest';
import { erasureEntity } from '#kinds/erasure.ts';
import { matterEntity } from '#kinds/matter.ts';
import { contentOf, seal, type Revision } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { heedErasures, householdsErased, mendErased } from '../../src/sync/erasing.ts';
import { impersonalCopy } from '../../src/sync/impersonal-copy.ts';
import { pull } from '../../src/sync/pull.ts';
import { takeInPages } from '../../src/sync/take-in-pages.ts';
import type { FeedChange } from '#records/sync-store.ts';
import { pageText } from '../page-text.ts';
import { MemoryStore } from './memory-store.ts';
import { checkIn, gridDatabase, webp } from './records.ts';

const household = toScope('qianmen/caochang/g3/c12/h04');
const neighbour = 'qianmen/caochang/g3/c12/h05';
const late = '2026-11-23T09:00:00.000Z';
const now = () => new Date(late);

/** Of before anything here was recorded, or after all of it. */
function erasureBefore(before: string): Revision {
	return seal({
		kind: 'erasure',
		entity: erasureEntity(household, 'k3v9x0ab'),
		parents: [],
		scope: household,
		author: 'office',
		device: 'server',
		at: late,
		body: { before }
	});
}
const erased = erasureBefore('2026-06-01T00:00:00.000Z');

const matter = seal({
	kind: 'matter',
	entity: matterEntity(household, 'm3v9x0ab'),
	parents: [],
	scope: household,
	author: 'li',
	device: 'phone',
	at: '2026-01-01T00:00:00.000Z',
	body: { text: '张三家门口堆物' }
});

describe('what stays of a record when its household is erased', () => {
	test('counts, under the same author, without words and photos', () => {
		const original = checkIn(0, { note: '张三', photos: [webp(1).hash] });
		const copy = impersonalCopy(original, late);
		expect(copy).toMatchObject({
			...{ author: 'li', device: 'phone', at: late, entity: original.entity, scope: household },
			body: { observed: { quality: 'correct' } }
		});
		expect(JSON.stringify(copy)).not.toMatch(/张三|photos/);
		expect(copy && impersonalCopy(copy, '2027-01-01T00:00:00.000Z')).toBe(copy);
	});

	test('nothing of what is words alone, and of kinds this version does not know', () => {
		expect(impersonalCopy(matter, late)).toBeUndefined();
		expect(impersonalCopy(seal({ ...contentOf(checkIn(0)), kind: 'later' }), late)).toBeUndefined();
	});

	test('of a withdrawal, that it was one', () => {
		const withdrawn = seal({ ...contentOf(checkIn(0)), body: null, reason: '张三说没交' });
		const copy = impersonalCopy(withdrawn, late);
		expect(copy).toMatchObject({ body: null, at: late });
		expect(JSON.stringify(copy)).not.toContain('张三');
		expect(copy && impersonalCopy(copy, late)).toBe(copy);
	});
});

test('records refused as erased are replaced, others stay in the tray', async () => {
	const photo = webp(1);
	const store = new MemoryStore('li');
	const personal = checkIn(0, { note: '张三', photos: [photo.hash] });
	const other = checkIn(1, { note: '李四', scope: neighbour });
	store.save([personal, matter, other], [photo]);
	await store.settle(
		[
			{ id: personal._id, outcome: 'refused', reason: 'erased: of an erased household (/at)' },
			{ id: matter._id, outcome: 'refused', reason: 'erased: of an erased household (/at)' },
			{ id: other._id, outcome: 'refused', reason: 'rights: no' }
		],
		late
	);
	await mendErased(store, now);
	await mendErased(store, now);
	const copy = impersonalCopy(personal, late);
	expect([...store.revisions.values()]).toEqual([other, copy]);
	expect(await store.counts()).toEqual({ waiting: 1, refused: 1 });
	expect(await store.photo(photo.hash)).toBeUndefined();
});

test('an erasure that arrives is heeded by what waits about that household from before it', async () => {
	const store = new MemoryStore('li');
	const before = checkIn(0, { note: '张三' });
	const after = seal({ ...contentOf(checkIn(1, { note: '新住户' })), at: '2026-10-01T00:00:00.000Z' });
	const elsewhere = checkIn(2, { note: '李四', scope: neighbour });
	store.save([before, after, elsewhere]);
	const earlier = erasureBefore('2025-12-31T00:00:00.000Z');
	await heedErasures(store, { households: householdsErased([earlier]), gone: [] }, now);
	expect([...store.revisions.values()]).toEqual([before, after, elsewhere]);
	await heedErasures(store, { households: householdsErased([erased]), gone: [] }, now);
	expect([...store.revisions.values()]).toEqual([after, elsewhere, impersonalCopy(before, late)]);
	expect(await store.counts()).toEqual({ waiting: 3, refused: 0 });
	expect(store.draftsDropped.at(-1)).toEqual({ scope: household, before: '2026-06-01T00:00:00.000Z' });
});

/** A correction of a check-in, written after everything here was erased. */
function correction(of: Revision, note: string): Revision {
	return seal({
		...contentOf(of),
		...{ author: 'li', at: '2026-10-01T00:00:00.000Z', parents: [of.hash] },
		body: { observed: { quality: 'mixed', note } }
	});
}

test('what was written later on top of something refused as erased is replaced with it', async () => {
	const store = new MemoryStore('li');
	const first = checkIn(0, { note: '张三' });
	const second = correction(first, '张三，又看了一次');
	const third = correction(second, '张三，再看了一次');
	const elsewhere = checkIn(1, { note: '李四', scope: neighbour });
	store.save([third, second, first, elsewhere]);
	await store.settle([{ id: first._id, outcome: 'refused', reason: 'erased: gone (/scope)' }], late);
	await mendErased(store, now);
	const copies = [first, third, second].map((revision) => impersonalCopy(revision, late));
	expect(new Set(store.revisions.values())).toEqual(new Set([elsewhere, ...copies]));
	expect(JSON.stringify([...store.revisions.values()])).not.toContain('张三');
});

test('words written later on top of what had none stay', async () => {
	const store = new MemoryStore('li');
	const plain = checkIn(0);
	const worded = correction(plain, '新住户说的');
	store.save([plain, worded]);
	await heedErasures(store, { households: householdsErased([erased]), gone: [] }, now);
	expect([...store.revisions.values()]).toEqual([plain, worded]);
});

/** Reads pages of a feed as a server would give them. */
async function read(store: MemoryStore, pages: readonly (readonly FeedChange[])[]): Promise<void> {
	const database = {
		changes: (since: string | number) => {
			const page = pages[Number(since)] ?? [];
			return Promise.resolve({
				...pageText(page),
				lastSeq: Number(since) + 1,
				pending: pages.length - Number(since) - 1
			});
		}
	};
	const deps = {
		store,
		remote: { database: () => database },
		now,
		onDamaged: () => {},
		onPage: () => {},
		onTakenIn: () => {},
		breathe: () => Promise.resolve()
	};
	await pull(deps, gridDatabase, { identity: 'a', seq: 0 });
	await takeInPages(deps);
}

const row = (doc: Revision): FeedChange => ({ id: doc._id, doc });
const tombstone = (id: string): FeedChange => ({ id, deleted: true, doc: { _id: id, _deleted: true } });

test('what the feed says is deleted goes, wherever it stands, with its photos; what replaces it comes', async () => {
	const photo = webp(1);
	const store = new MemoryStore('li');
	const mine = checkIn(0, { note: '张三', photos: [photo.hash] });
	const others = checkIn(1, { note: '张三', author: 'wang' });
	const neighbours = checkIn(2, { note: '李四', author: 'wang', scope: neighbour });
	store.save([mine], [photo]);
	await read(store, [[row(others), row(neighbours)]]);
	const copy = seal({ ...contentOf(others), body: { observed: { quality: 'correct' } } });
	await read(store, [
		[tombstone(mine._id), tombstone(`photo:${photo.hash}`)],
		[tombstone(others._id), row(copy), row(erased), tombstone('check-in:never:here')]
	]);
	expect(new Set(store.revisions.values())).toEqual(new Set([neighbours, copy, erased]));
	expect(await store.photo(photo.hash)).toBeUndefined();
	expect(await store.counts()).toEqual({ waiting: 0, refused: 0 });
});

test('a correction that waits goes with the record it was written on, whose words it carries, and drafts of it, too', async () => {
	const store = new MemoryStore('li');
	const others = checkIn(1, { note: '张三', author: 'wang' });
	await read(store, [[row(others)]]);
	const mine = correction(others, '张三，改了分类');
	const unrelated = seal({ ...contentOf(checkIn(2, { note: '新住户' })), at: '2026-10-01T00:00:00.000Z' });
	store.save([mine, unrelated]);
	const copy = seal({ ...contentOf(others), body: { observed: { quality: 'correct' } } });
	await read(store, [[tombstone(others._id)], [row(copy), row(erased)]]);
	const held = new Set(store.revisions.values());
	expect(held).toEqual(new Set([unrelated, copy, erased, impersonalCopy(mine, late)]));
	expect(store.draftsDroppedOn).toEqual([others._id]);
	expect(await store.counts()).toEqual({ waiting: 2, refused: 0 });
});
