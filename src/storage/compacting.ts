import { databaseOf } from '#records/database-name.ts';
import type { Revision } from '#records/revision.ts';
import type { PackLimits } from './pack-limits.ts';
import { dropPhotos } from './photos.ts';
import { addToPacks, repack } from './packing.ts';
import type { PackLabel, ZhonggengDatabase } from './zhonggeng-database.ts';

/** Rows folded in one transaction: a save waits no longer than that. */
const foldedAtOnce = 1000;

/**
 * Folds delivered rows into packs, joins small packs and drops old photos, as far as the limits ask
 * for it. Each step on records is one transaction that takes away exactly what it puts elsewhere, so
 * wherever it is cut off, every record is held, and by reading's measure once.
 */
export async function compact(db: ZhonggengDatabase, limits: PackLimits): Promise<void> {
	while (await fold(db, limits));
	while (await join(db, limits));
	await dropPhotos(db, limits);
}

/** Moves the oldest delivered rows of the tail into packs; false when there were too few. */
function fold(db: ZhonggengDatabase, limits: PackLimits): PromiseLike<boolean> {
	return db.transaction('rw', db.tail, db.packs, db.packTexts, async () => {
		const delivered = db.tail.where('delivery.state').equals('delivered');
		const beyond = (await delivered.count()) - limits.keep;
		if (beyond <= 0 || beyond < limits.foldAt) return false;
		const rows = await delivered.limit(Math.min(beyond, foldedAtOnce)).toArray();
		const byDatabase = Map.groupBy(
			rows.map(({ revision }) => revision),
			({ scope }: Revision) => databaseOf(scope)
		);
		for (const [database, revisions] of byDatabase) await addToPacks(db, database, revisions, limits);
		await db.tail.bulkDelete(rows.map(({ n }) => n));
		return true;
	});
}

/** Joins the packs of one group and about one size; false when there are nowhere enough. */
function join(db: ZhonggengDatabase, limits: PackLimits): PromiseLike<boolean> {
	return db.transaction('rw', db.packs, db.packTexts, async () => {
		const small = (await db.packs.toArray()).filter((pack) => fill(pack, limits) <= 0.5);
		const alike = Map.groupBy(small, (pack) => {
			const { database, kind, month } = pack;
			return JSON.stringify([database, kind, month, tier(pack, limits)]);
		});
		const packs = [...alike.values()].find(({ length }) => length >= limits.joinAt);
		const [first] = packs ?? [];
		if (!packs || !first) return false;
		const { database, kind, month } = first;
		await repack(db, { database, kind, month }, packs.slice(0, limits.joinAt), limits);
		return true;
	});
}

/** How full a pack is, from 0 to 1. */
function fill({ count, size }: PackLabel, limits: PackLimits): number {
	return Math.max(count / limits.records, size / limits.characters);
}

/**
 * Packs of one tier are joined into one of the next, so that a record is rewritten as often as
 * there are tiers, however many packs come.
 */
function tier(pack: PackLabel, limits: PackLimits): number {
	return Math.floor(Math.log(fill(pack, limits)) / Math.log(limits.joinAt));
}
