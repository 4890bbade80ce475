import { databaseOf } from '#records/database-name.ts';
import { parsePack } from './pack-text.ts';
import { rowsOf, waitAgain } from './tail.ts';
import type { ZhonggengDatabase } from './zhonggeng-database.ts';

/**
 * Makes everything `account` wrote wait again that was delivered to `database`, photos included,
 * whichever of the account's devices it was written on. The packs keep what they have; reading
 * counts a record once. Pack by pack, each in one transaction: cut off, it is done over from the
 * beginning, which changes nothing where it had been.
 */
export async function offerAgain(db: ZhonggengDatabase, account: string, database: string): Promise<void> {
	await db.transaction('rw', db.tail, db.photos, async () => {
		const delivered = await db.tail.where('delivery.state').equals('delivered').toArray();
		const lost = delivered.filter(({ revision }) => databaseOf(revision.scope) === database);
		await waitAgain(db, lost, []);
		const photos = await db.photos.where('state').equals('delivered').toArray();
		const lostPhotos = photos.filter((photo) => photo.database === database);
		await db.photos.bulkPut(lostPhotos.map((photo) => ({ ...photo, state: 'waiting' as const })));
	});
	const done = new Set<number>();
	for (let packs = await packsOf(db, database, done); packs.length > 0;) {
		for (const n of packs) {
			await offerPack(db, account, n);
			done.add(n);
		}
		// Another tab may have joined packs into new ones meanwhile.
		packs = await packsOf(db, database, done);
	}
}

async function packsOf(
	db: ZhonggengDatabase,
	database: string,
	done: ReadonlySet<number>
): Promise<readonly number[]> {
	const packs = await db.packs.where('database').equals(database).primaryKeys();
	return packs.filter((n) => !done.has(n));
}

async function offerPack(db: ZhonggengDatabase, account: string, n: number): Promise<void> {
	await db.transaction('rw', db.tail, db.packTexts, async () => {
		const pack = await db.packTexts.get(n);
		const mine = pack ? parsePack(pack.text).filter(({ author }) => author === account) : [];
		const rows = await rowsOf(
			db,
			mine.map(({ _id }) => _id)
		);
		await waitAgain(db, rows, mine);
	});
}
