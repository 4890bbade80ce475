import { expect, test } from 'vitest';
import type { ErasedHousehold } from '#access/devices-api.ts';
import { erasure, erasureEntity } from '#kinds/erasure.ts';
import { isPersonal } from '#kinds/personal.ts';
import type { Photo } from '#records/phone-store.ts';
import { contentOf, seal, type Revision } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import type { AccountStore } from '#storage/account-store.ts';
import { dropSealed } from '#storage/dropping-sealed.ts';
import { heedUnheard } from '#sync/unheard-erasures.ts';
import { storePulled } from '../../store-pulled.ts';
import { lockable, openWith, set } from '../storage/locked-account.ts';
import { quickKeeper } from '../storage/quick-keeper.ts';
import { checkIn, grid, household, ids, photoOf } from '../storage/records.ts';
import { clock, freshAccount, loaded, opened } from '../storage/stores.ts';

const months = ['2026-09'];
const checkpoint = { identity: 'a', seq: 7 };
/** Of `household(1)` and `checkIn(1)`; everything here was recorded before. */
const erased: ErasedHousehold = {
	id: 'k3v9x0ab',
	household: toScope('qianmen/caochang/g3/c1/h1'),
	before: '2026-11-23T03:00:00.000Z'
};
const later = '2026-11-23T04:00:00.000Z';

/** The record of the erasure, as a feed brings it. */
const heard = seal({
	kind: erasure.name,
	entity: erasureEntity(erased.household, erased.id),
	parents: [],
	scope: erased.household,
	author: 'office',
	device: 'server',
	at: erased.before,
	body: { before: erased.before }
});

/** Written on top of another record, after the erasure, by someone who had not heard of it. */
function onTopOf(below: Revision, note: string): Revision {
	const content = contentOf(below);
	return seal({
		...content,
		...{ author: 'worker', at: later, parents: [below.hash] },
		body: { observed: { quality: 'mixed', note } }
	});
}

const delivered = checkIn(1, { author: 'wang', note: '张三说的' });
const waits = checkIn(1, { day: 20, note: '张三又说的' });
const onDelivered = onTopOf(delivered, '张三，改了一次');
const neighbours = checkIn(2, { note: '邻居说的' });
const onNeighbours = onTopOf(checkIn(2, { author: 'wang', day: 21 }), '邻居，改了一次');
const photo: Photo = photoOf(1, 2, 3);
const draftOn = (courtyard: string) => `check-in:qianmen.caochang.g3.${courtyard}.2026-11-23`;

async function fill(store: AccountStore): Promise<void> {
	const pulled = [delivered, household(1), household(2), checkIn(2, { author: 'wang', day: 21 })];
	await storePulled(store, grid, pulled, checkpoint);
	await store.save({ revisions: [waits, onDelivered, neighbours, onNeighbours] });
	await store.keepDraft({
		key: draftOn('c1.h1'),
		at: clock().toISOString(),
		value: { note: '张三还没写完' }
	});
	await store.keepPhoto(photo);
	await store.keepDraft({
		key: draftOn('c2.h2'),
		at: clock().toISOString(),
		value: { photos: [photo.hash] }
	});
}

function textOf(records: readonly Revision[]): string {
	return JSON.stringify(records);
}

test('of a household erased since, nothing personal stays, delivered or not, and nobody else’s work goes', async () => {
	const store = await opened(freshAccount());
	await fill(store);
	const all = { ...erased, before: '2026-11-24T00:00:00.000Z' };
	await heedUnheard(store, [all], clock);
	const held = await loaded(store, months);
	expect(textOf(held)).not.toContain('张三');
	expect(ids(held)).toEqual(expect.arrayContaining([neighbours._id, onNeighbours._id]));
	expect(held.some(({ _id }) => _id === delivered._id)).toBe(false);
	// What is impersonal of both waits in their place.
	expect(await store.counts()).toEqual({ waiting: 4, refused: 0 });
	const instead = held.filter(({ scope }) => scope === erased.household);
	expect(instead.map(isPersonal)).toEqual([false, false]);
	expect((await store.drafts()).map(({ key }) => key)).toEqual([draftOn('c2.h2')]);
	expect(await store.photo(photo.hash)).toEqual(photo);
	// It is read anew from its start.
	expect(await store.checkpoint(grid)).toBeUndefined();
	await heedUnheard(store, [all], clock);
	expect(ids(await loaded(store, months)).toSorted()).toEqual(ids(held).toSorted());
});

test('what was written on top of erased words goes, whenever that was', async () => {
	const store = await opened(freshAccount());
	await fill(store);
	await heedUnheard(store, [{ ...erased, before: '2026-01-01T00:00:00.000Z' }], clock);
	const held = await loaded(store, months);
	expect(textOf(held)).not.toContain('张三，改了一次');
	expect(held.some(({ _id }) => _id === onDelivered._id)).toBe(false);
	expect(ids(held)).toEqual(expect.arrayContaining([waits._id, neighbours._id, onNeighbours._id]));
});

test('a store that has heard of it, and one elsewhere, keep all they have', async () => {
	const store = await opened(freshAccount());
	await fill(store);
	await storePulled(store, grid, [heard], { identity: 'a', seq: 8 });
	const before = ids(await loaded(store, months)).toSorted();
	await heedUnheard(store, [erased], clock);
	const elsewhere = { ...erased, id: 'k3v9x0ac', household: toScope('qianmen/caochang/g4/c1/h1') };
	await heedUnheard(store, [erased, elsewhere], clock);
	expect(ids(await loaded(store, months)).toSorted()).toEqual(before);
	expect(await store.checkpoint(grid)).toEqual({ identity: 'a', seq: 8 });
});

test('without the key, what is delivered goes from under a PIN, and what is only here stays', async () => {
	const account = lockable();
	const key = await set(quickKeeper(clock), account);
	const store = await openWith(account, key);
	const sent = photoOf(4, 5, 6);
	await fill(store);
	await store.save({ revisions: [checkIn(3, { photos: [sent.hash] })], photos: [sent] });
	await store.settle([{ id: checkIn(3, { photos: [sent.hash] })._id, outcome: 'delivered' }], later);
	await store.photosDelivered(grid, [sent.hash]);
	store.close();

	await dropSealed(account);
	const again = await openWith(account, key);
	expect(ids(await loaded(again, months)).toSorted()).toEqual(
		ids([waits, onDelivered, neighbours, onNeighbours]).toSorted()
	);
	expect(await again.photo(sent.hash)).toBeUndefined();
	expect(await again.photo(photo.hash)).toEqual(photo);
	expect((await again.drafts()).length).toBe(2);
	expect(await again.checkpoint(grid)).toBeUndefined();
	again.close();
});

test('without a sealed database there is nothing to take out', async () => {
	const account = freshAccount();
	const store = await opened(account);
	await fill(store);
	await dropSealed(account);
	expect((await loaded(store, months)).length).toBe(8);
});
