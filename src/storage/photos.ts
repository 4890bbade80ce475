import type { Hash } from '#records/hash.ts';
import type { Photo } from '#records/phone-store.ts';
import type { PhotoState, ZhonggengDatabase } from './zhonggeng-database.ts';

/**
 * Stores photos that are not yet here; bytes of one hash never differ. One that is already here
 * only moves on, from kept to waiting. Within a transaction on photos and photoBytes.
 */
export async function putPhotos(
	db: ZhonggengDatabase,
	photos: readonly Photo[],
	state: Exclude<PhotoState, 'delivered'>
): Promise<void> {
	for (const { hash, database, type, bytes } of photos) {
		const held = await db.photos.get(hash);
		if (!held) await db.photoBytes.put({ hash, bytes: bytes.slice() });
		if (!held || (held.state === 'kept' && state === 'waiting'))
			await db.photos.put({ hash, database, type, state });
	}
}

export function keepPhoto(db: ZhonggengDatabase, photo: Photo): PromiseLike<void> {
	return db.transaction('rw', db.photos, db.photoBytes, () => putPhotos(db, [photo], 'kept'));
}

export function photo(db: ZhonggengDatabase, hash: Hash): PromiseLike<Photo | undefined> {
	return db.transaction('r', db.photos, db.photoBytes, async () => {
		const [label, held] = await Promise.all([db.photos.get(hash), db.photoBytes.get(hash)]);
		return label && held && { hash, database: label.database, type: label.type, bytes: held.bytes };
	});
}

export async function photosWaiting(db: ZhonggengDatabase): Promise<ReadonlySet<Hash>> {
	return new Set(await db.photos.where('state').equals('waiting').primaryKeys());
}

export async function photosDelivered(db: ZhonggengDatabase, hashes: readonly Hash[]): Promise<void> {
	await db.transaction('rw', db.photos, async () => {
		const labels = (await db.photos.bulkGet([...hashes])).filter((label) => label !== undefined);
		await db.photos.bulkPut(labels.map((label) => ({ ...label, state: 'delivered' as const })));
	});
}
