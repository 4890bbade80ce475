import { describe, expect, test } from 'vitest';
import type { Photo, StoreNotice } from '#records/phone-store.ts';
import type { Revision } from '#records/revision.ts';
import type { Settled, SyncStore } from '#records/sync-store.ts';
import { checkIn, checkIns, gridDatabase, webp } from '../sync/records.ts';
import { pageText } from '../page-text.ts';
import { storePulled } from '../store-pulled.ts';

/** A store of an account of its own, and what is asked of it beside syncing. */
export interface SyncStoreSetup {
	readonly account: string;
	readonly store: SyncStore;
	readonly save: (revisions: readonly Revision[], photos?: readonly Photo[]) => Promise<void>;
	/** The records the device has, each as often as it would be shown. */
	readonly held: () => Promise<readonly Revision[]>;
}

const at = '2026-11-23T09:00:00.000Z';
const elsewhere = 'qianmen/caochang/g4/c1/h1';
const elsewhereDatabase = 'zg-qianmen-caochang-g4';
const checkpoint = { identity: 'a', seq: 7 };

const delivered = (revisions: readonly Revision[]): readonly Settled[] =>
	revisions.map(({ _id }) => ({ id: _id, outcome: 'delivered' }));
const ids = (revisions: readonly Revision[]) => revisions.map(({ _id }) => _id).sort();

async function waitingIds(store: SyncStore): Promise<readonly string[]> {
	return (await store.waiting(1_000)).map(({ revision }) => revision._id);
}

/** What syncing relies on, of the store on a phone and of the one in memory that stands in for it. */
export function runSyncStoreTests(name: string, setup: () => Promise<SyncStoreSetup>): void {
	describe(`sync store: ${name}`, () => {
		test('records wait in the order they were written, page after page', async () => {
			const { account, store, save } = await setup();
			const records = checkIns(7, 0, { author: account });
			for (const record of records.toReversed()) await save([record]);
			const first = await store.waiting(3);
			const rest = await store.waiting(10, first.at(-1)?.order);
			expect([...first, ...rest].map(({ revision }) => revision)).toEqual(records.toReversed());
			expect(await store.waiting(3, rest.at(-1)?.order)).toEqual([]);
		});

		test('a page goes on after a record that was settled meanwhile', async () => {
			const { account, store, save } = await setup();
			const records = checkIns(4, 0, { author: account });
			await save(records);
			const first = await store.waiting(2);
			await store.settle(delivered(records.slice(0, 2)), at);
			const rest = await store.waiting(2, first.at(-1)?.order);
			expect(rest.map(({ revision }) => revision)).toEqual(records.slice(2));
		});

		test('what is delivered or refused waits no more, and delivered is final', async () => {
			const { account, store, save } = await setup();
			const [a, b, c] = checkIns(3, 0, { author: account });
			if (!a || !b || !c) throw new Error('three records');
			await save([a, b, c]);
			await store.settle([{ id: a._id, outcome: 'delivered' }], at);
			await store.settle([{ id: b._id, outcome: 'refused', reason: 'body: no' }], at);
			await store.settle([{ id: a._id, outcome: 'refused', reason: 'too late' }], at);
			expect(await store.counts()).toEqual({ waiting: 1, refused: 1 });
			expect(await waitingIds(store)).toEqual([c._id]);
		});

		test('a record saved twice waits once, and once delivered does not wait again', async () => {
			const { account, store, save } = await setup();
			const record = checkIn(0, { author: account });
			await save([record]);
			await save([record]);
			expect(await waitingIds(store)).toEqual([record._id]);
			await store.settle(delivered([record]), at);
			await save([record]);
			expect(await waitingIds(store)).toEqual([]);
		});

		test('a pulled batch is there once with its checkpoint, however often it comes', async () => {
			const { store, held } = await setup();
			const records = checkIns(3, 0, { author: 'wang' });
			expect(await store.checkpoint(gridDatabase)).toBeUndefined();
			await storePulled(store, gridDatabase, records, checkpoint);
			await storePulled(store, gridDatabase, records.slice(1), { ...checkpoint, seq: 8 });
			expect(ids(await held())).toEqual(ids(records));
			expect(await store.checkpoint(gridDatabase)).toEqual({ identity: 'a', seq: 8 });
			expect(await store.checkpoint('zg-qianmen')).toBeUndefined();
		});

		test('an own record that comes back from the server is delivered', async () => {
			const { account, store, save, held } = await setup();
			const records = checkIns(2, 0, { author: account });
			await save(records);
			await storePulled(store, gridDatabase, records.slice(0, 1), checkpoint);
			expect(await waitingIds(store)).toEqual(ids(records.slice(1)));
			expect(ids(await held())).toEqual(ids(records));
		});

		test('photos wait until delivered, and their bytes can be had', async () => {
			const { account, store, save } = await setup();
			const [one, two] = [webp(1), webp(2)];
			await save([checkIn(0, { author: account, photos: [one.hash, two.hash] })], [one, two]);
			expect(await store.photosWaiting()).toEqual(new Set([one.hash, two.hash]));
			await store.photosDelivered(gridDatabase, [one.hash]);
			expect(await store.photosWaiting()).toEqual(new Set([two.hash]));
			expect(await store.photo(one.hash)).toEqual(one);
			expect(await store.photo(webp(3).hash)).toBeUndefined();
		});

		test('a photo that records of two databases name waits for each of them', async () => {
			const { account, store, save } = await setup();
			const photo = webp(1);
			const photos = [photo.hash];
			await save([checkIn(0, { author: account, photos })], [photo]);
			await store.photosDelivered(gridDatabase, photos);
			const inOther = checkIn(1, { author: account, scope: elsewhere, photos });
			await save([inOther], [{ ...photo, database: elsewhereDatabase }]);
			expect(await store.photosWaiting(gridDatabase)).toEqual(new Set());
			expect(await store.photosWaiting(elsewhereDatabase)).toEqual(new Set(photos));
			expect(await store.photosWaiting()).toEqual(new Set(photos));
			await store.photosDelivered(elsewhereDatabase, photos);
			expect(await store.photosWaiting()).toEqual(new Set());
		});

		test('offering again makes wait what the account delivered to that database, from any device', async () => {
			const { account, store, save, held } = await setup();
			const photo = webp(1);
			const mine = checkIn(0, { author: account, photos: [photo.hash] });
			const inOther = checkIn(1, { author: account, scope: elsewhere });
			const onOtherDevice = checkIn(2, { author: account });
			const ofOthers = checkIn(3, { author: 'wang' });
			await save([mine, inOther], [photo]);
			await store.settle(delivered([mine, inOther]), at);
			await store.photosDelivered(gridDatabase, [photo.hash]);
			await storePulled(store, gridDatabase, [onOtherDevice, ofOthers], checkpoint);
			await store.compact();
			await store.offerAgain(gridDatabase);
			await store.offerAgain(gridDatabase);
			expect([...(await waitingIds(store))].sort()).toEqual(ids([mine, onOtherDevice]));
			expect(await store.photosWaiting()).toEqual(new Set([photo.hash]));
			expect(ids(await held())).toEqual(ids([mine, inOther, onOtherDevice, ofOthers]));
		});

		test('what is taken out is gone, wherever it stood, and comes back only by being pulled', async () => {
			const { account, store, save, held } = await setup();
			const [waiting, refused] = checkIns(2, 0, { author: account });
			const pulled = checkIns(3, 2, { author: 'wang' });
			if (!waiting || !refused) throw new Error('two records');
			await save([waiting, refused]);
			await store.settle([{ id: refused._id, outcome: 'refused', reason: 'body: no' }], at);
			await storePulled(store, gridDatabase, pulled, checkpoint);
			const told: StoreNotice[] = [];
			store.onNotice((notice) => told.push(notice));
			const gone = [waiting, refused, ...pulled.slice(0, 2)];
			for (const order of [gone, gone.toReversed()]) await store.remove(order.map(({ _id }) => _id));
			expect(ids(await held())).toEqual(ids(pulled.slice(2)));
			expect(await store.counts()).toEqual({ waiting: 0, refused: 0 });
			const removed = told.flatMap((notice) => (notice.type === 'removed' ? notice.ids : []));
			expect([...removed].sort()).toEqual(ids(gone));
			await storePulled(store, gridDatabase, pulled.slice(0, 1), checkpoint);
			expect(ids(await held())).toEqual(ids([...pulled.slice(0, 1), ...pulled.slice(2)]));
		});

		test('a photo goes with the record that names it, unless another that is only here names it', async () => {
			const { account, store, save } = await setup();
			const [shared, single] = [webp(1), webp(2)];
			const both = checkIn(0, { author: account, photos: [shared.hash, single.hash] });
			const other = checkIn(1, { author: account, photos: [shared.hash] });
			await save([both, other], [shared, single]);
			await store.remove([both._id]);
			expect(await store.photosWaiting()).toEqual(new Set([shared.hash]));
			expect(await store.photo(single.hash)).toBeUndefined();
			expect(await store.photo(shared.hash)).toEqual(shared);
			await store.removePhotos(elsewhereDatabase, [shared.hash]);
			expect(await store.photo(shared.hash)).toEqual(shared);
			await store.removePhotos(gridDatabase, [shared.hash]);
			expect(await store.photo(shared.hash)).toBeUndefined();
		});

		test('what stays of a record waits in its place', async () => {
			const { account, store, save, held } = await setup();
			const [a, b, never] = checkIns(3, 0, { author: account, note: '张三' });
			const stays = checkIn(0, { author: account });
			if (!a || !b || !never) throw new Error('three records');
			await save([a, b]);
			await store.replace([{ id: a._id, by: stays }, { id: b._id }, { id: never._id, by: checkIn(9) }]);
			expect(ids(await held())).toEqual(ids([stays]));
			expect(await waitingIds(store)).toEqual([stays._id]);
		});

		test('what may not be read any more goes when it is delivered, with photos and checkpoints', async () => {
			const { account, store, save, held } = await setup();
			const photo = webp(1);
			const [delivered1, waits, refused] = checkIns(3, 0, { author: account, photos: [photo.hash] });
			const [hidden, shown] = checkIns(2, 5, { author: 'wang', scope: elsewhere });
			if (!delivered1 || !waits || !refused || !hidden || !shown) throw new Error('five records');
			await save([delivered1], [photo]);
			await store.settle(delivered([delivered1]), at);
			await store.photosDelivered(gridDatabase, [photo.hash]);
			await save([waits, refused]);
			await store.settle([{ id: refused._id, outcome: 'refused', reason: 'scope: no' }], at);
			await storePulled(store, gridDatabase, checkIns(4, 10, { author: 'wang' }), checkpoint);
			await storePulled(store, elsewhereDatabase, [hidden, shown], checkpoint);
			for (const database of [gridDatabase, elsewhereDatabase])
				await store.storePage(database, pageText([{ id: 'check-in:e:1' }]), checkpoint);
			const gone = await store.dropUnreadable({
				database: (name) => name === elsewhereDatabase,
				record: (id) => id !== hidden._id,
				place: () => false,
				onward: (name) => name === elsewhereDatabase
			});
			expect(ids(await held())).toEqual(ids([waits, refused, shown]));
			expect(ids(gone).toSorted()).toEqual(
				ids([delivered1, hidden, ...checkIns(4, 10, { author: 'wang' })]).toSorted()
			);
			expect(await store.checkpoint(gridDatabase)).toBeUndefined();
			expect(await store.checkpoint(elsewhereDatabase)).toEqual(checkpoint);
			expect(await store.oldestPage()).toMatchObject({ database: elsewhereDatabase });
			expect(await store.counts()).toEqual({ waiting: 1, refused: 1 });
		});

		test('the roles it was last cleared for are remembered', async () => {
			const { store } = await setup();
			expect(await store.roles()).toBeUndefined();
			await store.rememberRoles([]);
			expect(await store.roles()).toEqual([]);
		});

		test('the databases followed are remembered', async () => {
			const { store } = await setup();
			expect(await store.feeds()).toEqual([]);
			await store.rememberFeeds(['zg-qianmen', gridDatabase]);
			await store.rememberFeeds([gridDatabase]);
			expect(await store.feeds()).toEqual([gridDatabase]);
		});

		test('it tells of records written here and of new ones pulled, until nobody listens', async () => {
			const { account, store, save } = await setup();
			const told: StoreNotice[] = [];
			const stop = store.onNotice((notice) => told.push(notice));
			const [mine, other] = [checkIn(0, { author: account }), checkIn(1, { author: 'wang' })];
			await save([mine]);
			await storePulled(store, gridDatabase, [other], checkpoint);
			stop();
			await save([checkIn(2, { author: account })]);
			const records = told.flatMap((notice) => (notice.type === 'records' ? notice.revisions : []));
			expect(records).toEqual([mine, other]);
		});
	});
}
