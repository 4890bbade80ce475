import { expect, test } from 'vitest';
import { checkIn, grid, photoOf } from './records.ts';
import { smallLimits } from './small-limits.ts';
import { database, freshAccount, opened } from './stores.ts';

const at = '2026-11-23T02:03:04.000Z';

test('a draft is there when the store is opened again, and the last one kept stands', async () => {
	const account = freshAccount();
	const store = await opened(account);
	await store.keepDraft({ key: 'a', at, value: { note: '分' } });
	await store.keepDraft({ key: 'a', at, value: { note: '分对了' } });
	await store.keepDraft({ key: 'b', at, value: null });
	store.close();
	const again = await opened(account);
	expect(await again.drafts()).toEqual([
		{ key: 'a', at, value: { note: '分对了' } },
		{ key: 'b', at, value: null }
	]);
	await again.dropDraft('a');
	await again.dropDraft('unknown');
	expect(await again.draft('a')).toBeUndefined();
	expect(await again.draft('b')).toEqual({ key: 'b', at, value: null });
});

test('a draft goes whose author had before them what is gone now, or that is older than an erasure', async () => {
	const store = await opened(freshAccount());
	const [gone, here] = [checkIn(1), checkIn(2)];
	const ofGone = { key: `check-in:${gone.entity}`, at, value: { note: '旧话' }, seen: [gone.hash] };
	const ofHere = { key: `check-in:${here.entity}`, at, value: { note: '新话' }, seen: [here.hash] };
	await store.keepDraft(ofGone);
	await store.keepDraft(ofHere);
	await store.dropDraftsOn([gone._id, 'matter:never.here:00']);
	expect(await store.drafts()).toEqual([ofHere]);
	await store.dropDraftsAbout(here.scope, at);
	expect(await store.drafts()).toEqual([ofHere]);
	await store.dropDraftsAbout(here.scope, '2026-11-23T02:03:04.001Z');
	expect(await store.drafts()).toEqual([]);
});

test('a photo keeps exactly its bytes, also those cut from something larger', async () => {
	const store = await opened(freshAccount());
	const photo = photoOf(5, 6, 7);
	const larger = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]);
	await store.keepPhoto({ ...photo, bytes: larger.subarray(4, 7) });
	const kept = await store.photo(photo.hash);
	expect(kept).toEqual(photo);
	expect(kept?.bytes.buffer.byteLength).toBe(3);
	expect(await store.photo(photoOf(9).hash)).toBeUndefined();
});

test('a photo only kept is not sent; saved with a record it waits, and once delivered no more', async () => {
	const store = await opened(freshAccount());
	const [drafted, taken] = [photoOf(1), photoOf(2)];
	await store.keepPhoto(drafted);
	expect(await store.photosWaiting()).toEqual(new Set());
	await store.save({ revisions: [checkIn(1)], photos: [drafted, taken] });
	expect(await store.photosWaiting()).toEqual(new Set([drafted.hash, taken.hash]));
	await store.photosDelivered(grid, [drafted.hash, photoOf(99).hash]);
	expect(await store.photosWaiting()).toEqual(new Set([taken.hash]));
	await store.save({ revisions: [checkIn(2)], photos: [drafted] });
	await store.keepPhoto(taken);
	expect(await store.photosWaiting()).toEqual(new Set([taken.hash]));
	expect(await store.photo(drafted.hash)).toEqual(drafted);
});

test('photos of a database that lost them wait again, and no others', async () => {
	const store = await opened(freshAccount());
	const [here, elsewhere, fetched] = [photoOf(1), { ...photoOf(2), database: 'zg-other' }, photoOf(3)];
	await store.save({ revisions: [checkIn(1)], photos: [here, elsewhere] });
	await store.keepPhoto(fetched);
	await store.photosDelivered(grid, [here.hash]);
	await store.photosDelivered(elsewhere.database, [elsewhere.hash]);
	await store.offerAgain(grid);
	expect(await store.photosWaiting()).toEqual(new Set([here.hash]));
});

test('a photo is sent to the database of the record that names it, wherever it was kept for', async () => {
	const store = await opened(freshAccount());
	const photo = photoOf(1);
	await store.keepPhoto({ ...photo, database: 'zg-other' });
	const seen = await store.photo(photo.hash);
	await store.save({ revisions: [checkIn(1, { photos: [photo.hash] })], photos: seen ? [seen] : [] });
	expect(await store.photosWaiting(grid)).toEqual(new Set([photo.hash]));
	expect(await store.photosWaiting('zg-other')).toEqual(new Set());
});

test('of photos only kept or delivered the oldest go beyond a number; those of drafts and waiting ones stay', async () => {
	const account = freshAccount();
	const store = await opened(account, smallLimits);
	const [drafted, viewed, viewedToo, viewedLast] = [photoOf(1), photoOf(2), photoOf(3), photoOf(4)];
	for (const photo of [drafted, viewed, viewedToo, viewedLast]) await store.keepPhoto(photo);
	await store.keepDraft({ key: 'a', at, value: { photos: [drafted.hash] } });
	const sent = [photoOf(11), photoOf(12), photoOf(13), photoOf(14), photoOf(15)];
	await store.save({ revisions: [checkIn(1)], photos: sent });
	await store.photosDelivered(
		grid,
		sent.slice(0, 4).map(({ hash }) => hash)
	);
	await store.compact();
	const all = [drafted, viewed, viewedToo, viewedLast, ...sent];
	const held = await Promise.all(all.map(({ hash }) => store.photo(hash)));
	expect(all.filter((_, n) => !held[n])).toEqual([viewed, sent[0]]);
	expect(await bytesHeld(account)).toBe(all.length - 2);
});

test('bytes that another database is still to get are not dropped', async () => {
	const store = await opened(freshAccount(), { ...smallLimits, photos: { kept: 0, delivered: 0 } });
	const photo = photoOf(1);
	await store.save({ revisions: [checkIn(1)], photos: [photo, { ...photo, database: 'zg-other' }] });
	await store.photosDelivered(grid, [photo.hash]);
	await store.compact();
	expect(await store.photosWaiting()).toEqual(new Set([photo.hash]));
	expect((await store.photo(photo.hash))?.bytes).toEqual(photo.bytes);
});

async function bytesHeld(account: string): Promise<number> {
	const db = database(account);
	const count = await db.photoBytes.count();
	db.close();
	return count;
}
