import { databaseOf } from '#records/database-name.ts';
import type { Hash } from '#records/hash.ts';
import { namedHashes } from '#records/named-hashes.ts';
import type { Photo } from '#records/phone-store.ts';
import type { Revision } from '#records/revision.ts';
import type { PackLimits } from './pack-limits.ts';
import type { PhotoLabel, PhotoState, ZhonggengDatabase } from './zhonggeng-database.ts';

/**
 * Stores photos that are not yet here for their database; bytes of one hash never differ. One that
 * is already here only moves on, from kept to waiting. Within a transaction on photos and photoBytes.
 */
export async function putPhotos(
	db: ZhonggengDatabase,
	photos: readonly Photo[],
	state: Exclude<PhotoState, 'delivered'>
): Promise<void> {
	for (const { hash, database, type, bytes } of photos) {
		if (!(await isHeld(db, hash))) await db.photoBytes.put({ hash, bytes: bytes.slice() });
		const label = await labelOf(db, hash, database);
		if (!label) await db.photos.add({ hash, database, type, state });
		else if (label.state === 'kept' && state === 'waiting') await db.photos.put({ ...label, state });
	}
}

/** Each photo once for every database it is to be sent to: a photo kept for one may be named in another. */
export function addressed(photos: readonly Photo[], revisions: readonly Revision[]): readonly Photo[] {
	return photos.flatMap((photo) => {
		const naming = revisions.filter(({ body }) => namedHashes(body).includes(photo.hash));
		const databases = new Set(naming.map(({ scope }) => databaseOf(scope)));
		return databases.size === 0 ? [photo] : [...databases].map((database) => ({ ...photo, database }));
	});
}

export function keepPhoto(db: ZhonggengDatabase, photo: Photo): PromiseLike<void> {
	return db.transaction('rw', db.photos, db.photoBytes, () => putPhotos(db, [photo], 'kept'));
}

export function photo(db: ZhonggengDatabase, hash: Hash): PromiseLike<Photo | undefined> {
	return db.transaction('r', db.photos, db.photoBytes, async () => {
		const [label, held] = await Promise.all([labelsOf(db, hash).first(), db.photoBytes.get(hash)]);
		return label && held && { hash, database: label.database, type: label.type, bytes: held.bytes };
	});
}

export async function photosWaiting(db: ZhonggengDatabase, database?: string): Promise<ReadonlySet<Hash>> {
	const labels = await db.photos.where('state').equals('waiting').toArray();
	const wanted = labels.filter((label) => database === undefined || label.database === database);
	return new Set(wanted.map(({ hash }) => hash));
}

export async function photosDelivered(
	db: ZhonggengDatabase,
	database: string,
	hashes: readonly Hash[]
): Promise<void> {
	await db.transaction('rw', db.photos, async () => {
		const labels = await Promise.all(hashes.map((hash) => labelOf(db, hash, database)));
		const held = labels.filter((label) => label !== undefined);
		await db.photos.bulkPut(held.map((label) => ({ ...label, state: 'delivered' as const })));
	});
}

/**
 * Drops the oldest photos that were only kept or are delivered, beyond so many of each: the server
 * has them, or no record names them. Those of drafts stay.
 */
export function dropPhotos(db: ZhonggengDatabase, { photos }: PackLimits): PromiseLike<void> {
	return db.transaction('rw', db.photos, db.photoBytes, db.drafts, async () => {
		for (const state of ['kept', 'delivered'] as const) {
			const held = db.photos.where('state').equals(state);
			const beyond = (await held.count()) - photos[state];
			if (beyond <= 0) continue;
			const drafts = await db.drafts.toArray();
			const drafted = new Set(drafts.flatMap(({ value }) => namedHashes(value)));
			for (const { n, hash } of await held.limit(beyond).toArray()) {
				if (drafted.has(hash)) continue;
				await db.photos.delete(n);
				if (!(await isHeld(db, hash))) await db.photoBytes.delete(hash);
			}
		}
	});
}

async function isHeld(db: ZhonggengDatabase, hash: Hash): Promise<boolean> {
	return (await labelsOf(db, hash).count()) > 0;
}

function labelsOf(db: ZhonggengDatabase, hash: Hash) {
	return db.photos.where('hash').equals(hash);
}

function labelOf(db: ZhonggengDatabase, hash: Hash, database: string): PromiseLike<PhotoLabel | undefined> {
	return db.photos.where('[hash+database]').equals([hash, database]).first();
}
