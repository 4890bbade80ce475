import type { Hash } from '#records/hash.ts';
import { namedHashes } from '#records/named-hashes.ts';
import type { Revision } from '#records/revision.ts';
import type { PhotoLabel, ZhonggengDatabase } from './zhonggeng-database.ts';

/**
 * Takes out the photos that `gone` name, unless an undelivered record or a draft here names them, too: any other
 * can be fetched again. Within a transaction on tail, drafts, photos and photoBytes, after the records went.
 */
export async function dropPhotosOf(db: ZhonggengDatabase, gone: readonly Revision[]): Promise<void> {
	const named = new Set(gone.flatMap(({ body }) => namedHashes(body)));
	if (named.size === 0) return;
	const rows = [
		...(await db.tail.where('delivery.state').equals('waiting').toArray()),
		...(await db.tail.where('delivery.state').equals('refused').toArray())
	];
	const drafts = await db.drafts.toArray();
	const needed = [...rows.map(({ revision }) => revision.body), ...drafts.map(({ value }) => value)];
	for (const hash of needed.flatMap(namedHashes)) named.delete(hash);
	await dropLabels(
		db,
		await db.photos
			.where('hash')
			.anyOf([...named])
			.toArray()
	);
}

/** Takes out of `database` the photos of these hashes. */
export function removePhotos(
	db: ZhonggengDatabase,
	database: string,
	hashes: readonly Hash[]
): PromiseLike<void> {
	return db.transaction('rw', db.photos, db.photoBytes, async () => {
		const labels = await db.photos
			.where('hash')
			.anyOf([...hashes])
			.toArray();
		await dropLabels(
			db,
			labels.filter((label) => label.database === database)
		);
	});
}

/** Takes photos out, and their bytes when no other database has them. Within a transaction on photos and photoBytes. */
export async function dropLabels(db: ZhonggengDatabase, labels: readonly PhotoLabel[]): Promise<void> {
	await db.photos.bulkDelete(labels.map(({ n }) => n));
	const hashes = [...new Set(labels.map(({ hash }) => hash))];
	const held = new Set((await db.photos.where('hash').anyOf(hashes).toArray()).map(({ hash }) => hash));
	await db.photoBytes.bulkDelete(hashes.filter((hash) => !held.has(hash)));
}
