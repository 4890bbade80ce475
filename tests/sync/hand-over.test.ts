import { expect, test } from 'vitest';
import type { HandoverAnswer } from '#access/devices-api.ts';
import type { Photo } from '#records/phone-store.ts';
import { contentOf, seal, type Revision } from '#records/revision.ts';
import type { Parcel } from '../../src/sync/device-desk.ts';
import { handOver } from '../../src/sync/hand-over.ts';
import { impersonalCopy } from '../../src/sync/impersonal-copy.ts';
import { photoId } from '../../src/sync/photo-document.ts';
import { WireError } from '../../src/sync/wire-error.ts';
import { MemoryStore } from './memory-store.ts';
import { checkIn, checkIns, webp } from './records.ts';

const now = () => new Date('2026-11-23T09:00:00.000Z');

/** A server's desk that refuses what `refuses` names, fails as `fails` says, and keeps the rest. */
class Desk {
	readonly kept = new Set<string>();
	readonly parcels: Parcel[] = [];
	refuses: (id: string) => boolean = () => false;
	reason = 'shape: no';
	fails: (parcel: Parcel) => WireError | undefined = () => undefined;

	handOver(parcel: Parcel): Promise<HandoverAnswer> {
		const failure = this.fails(parcel);
		if (failure) return Promise.reject(failure);
		this.parcels.push(parcel);
		const photos = parcel.photos.map(({ hash }) => photoId(hash));
		const ids = [...parcel.revisions.map(({ _id }) => _id), ...photos];
		const kept = ids.filter((id) => !this.refuses(id));
		for (const id of kept) this.kept.add(id);
		const refused = ids.filter((id) => this.refuses(id)).map((id) => ({ id, reason: this.reason }));
		return Promise.resolve({ kept, refused });
	}
}

function device(revisions: readonly Revision[], photos: readonly Photo[] = []) {
	const store = new MemoryStore('li');
	store.save(revisions, photos);
	const desk = new Desk();
	const counts: number[] = [];
	const onKept = (count: number) => {
		counts.push(count);
		return Promise.resolve();
	};
	return { store, desk, counts, handOver: () => handOver({ store, desk, onKept, now }, revisions) };
}

test('what the server has on its disk leaves the device, and is counted', async () => {
	const records = checkIns(3);
	const { store, desk, counts, handOver } = device(records);
	expect(await handOver()).toEqual([]);
	expect([...desk.kept]).toEqual(records.map(({ _id }) => _id));
	expect(store.revisions.size).toBe(0);
	expect(counts).toEqual([3]);
});

test('photos go with the records that name them, in the same parcel', async () => {
	const photo = webp(1);
	const records = [checkIn(0, { photos: [photo.hash] }), checkIn(1), checkIn(2, { photos: [photo.hash] })];
	const { store, desk, handOver } = device(records, [photo]);
	expect(await handOver()).toEqual([]);
	expect(desk.parcels).toHaveLength(1);
	expect(desk.parcels[0]?.photos).toEqual([photo]);
	expect(await store.photo(photo.hash)).toBeUndefined();
});

test('parcels stay within 500 things', async () => {
	const records = checkIns(1_100);
	const { store, desk, counts, handOver } = device(records);
	expect(await handOver()).toEqual([]);
	expect(desk.parcels.map(({ revisions }) => revisions.length)).toEqual([500, 500, 100]);
	expect(counts).toEqual([500, 500, 100]);
	expect(store.revisions.size).toBe(0);
});

test('what the server will not take stays, whatever else is in the parcel', async () => {
	const records = checkIns(5);
	const bad = records[2]?._id ?? '';
	const { store, desk, handOver } = device(records);
	desk.refuses = (id) => id === bad;
	expect(await handOver()).toEqual([bad]);
	expect([...store.revisions.keys()]).toEqual([bad]);
});

test('of records of an erased household stays what is not personal, and none of them is broken', async () => {
	const photo = webp(1);
	const personal = checkIn(0, { note: '张三', photos: [photo.hash] });
	const impersonal = checkIn(1);
	const other = checkIn(2);
	const { store, desk, counts, handOver } = device([personal, impersonal, other], [photo]);
	desk.refuses = (id) => id !== other._id;
	desk.reason = 'erased: the personal data of this household was erased (/scope)';
	expect(await handOver()).toEqual([]);
	expect([...store.revisions.values()]).toEqual([impersonalCopy(personal, now().toISOString())]);
	expect(await store.counts()).toEqual({ waiting: 1, refused: 0 });
	expect(await store.photo(photo.hash)).toBeUndefined();
	expect(counts).toEqual([1]);
});

test('what was written on top of erased words is not handed over in a later parcel', async () => {
	const first = checkIn(0, { note: '张三' });
	const onTop = seal({
		...contentOf(first),
		...{ author: 'li', at: '2026-10-01T00:00:00.000Z', parents: [first.hash] },
		body: { observed: { quality: 'mixed', note: '张三，又看了一次' } }
	});
	const between = checkIns(500, 10);
	const { store, desk, handOver } = device([first, ...between, onTop]);
	desk.refuses = (id) => id === first._id;
	desk.reason = 'erased: the personal data of this household was erased (/scope)';
	expect(await handOver()).toEqual([]);
	expect([...desk.kept].toSorted()).toEqual(between.map(({ _id }) => _id).toSorted());
	const copies = [first, onTop].map((revision) => impersonalCopy(revision, now().toISOString()));
	expect([...store.revisions.values()]).toEqual(copies);
});

test('a record whose photo is not taken stays whole', async () => {
	const photo = webp(1);
	const record = checkIn(0, { photos: [photo.hash] });
	const { store, desk, handOver } = device([record], [photo]);
	desk.refuses = (id) => id === photoId(photo.hash);
	expect(await handOver()).toEqual([record._id]);
	expect(store.revisions.size).toBe(1);
	expect(await store.photo(photo.hash)).toEqual(photo);
});

test.each([400, 413])(
	'a parcel answered with %i is halved until the record to blame is alone',
	async (status) => {
		const records = checkIns(9);
		const bad = records[4]?._id ?? '';
		const { store, desk, handOver } = device(records);
		desk.fails = ({ revisions }) =>
			revisions.some(({ _id }) => _id === bad) ? new WireError(status, 'too large') : undefined;
		expect(await handOver()).toEqual([bad]);
		expect([...store.revisions.keys()]).toEqual([bad]);
	}
);

test.each([undefined, 401, 429, 503])(
	'with no answer but %s nothing goes that is not kept',
	async (status) => {
		const records = checkIns(700);
		const { store, desk, handOver } = device(records);
		desk.fails = () => (desk.parcels.length === 1 ? new WireError(status, 'cut') : undefined);
		await expect(handOver()).rejects.toBeInstanceOf(WireError);
		expect(store.revisions.size).toBe(200);
		expect([...store.revisions.keys()].some((id) => desk.kept.has(id))).toBe(false);
	}
);
