import { isHash, type Hash } from '#records/hash.ts';
import type { Revision } from '#records/revision.ts';
import type { Replacement } from '#records/sync-store.ts';
import { dropPhotosOf } from './dropping-photos.ts';
import type { PackLimits } from './pack-limits.ts';
import { addToPacks, markOf } from './packing.ts';
import { parsePack } from './pack-text.ts';
import { rowsOf, waitAgain } from './tail.ts';
import type { PackLabel, ZhonggengDatabase } from './zhonggeng-database.ts';

/**
 * Takes records out of tail and packs, and the photos they name; returns the ids of those that were here.
 * The tail first, because what is folded moves from there to a pack and never back; then pack by pack, each in
 * one transaction: cut off, it is done over.
 */
export async function remove(
	db: ZhonggengDatabase,
	ids: readonly string[],
	limits: PackLimits
): Promise<readonly string[]> {
	if (ids.length === 0) return [];
	const fromTail = await inOneGo(db, () => removeRows(db, ids));
	return idsOf([...fromTail, ...(await removePacked(db, ids, limits))]);
}

/**
 * Takes undelivered records out and makes wait what stays of them, in one transaction. Copies of them in packs,
 * which are there only if they are being offered again, go before. Returns what went and what came.
 */
export async function replace(
	db: ZhonggengDatabase,
	replacements: readonly Replacement[],
	limits: PackLimits
): Promise<{ readonly removed: readonly string[]; readonly added: readonly Revision[] }> {
	const ids = replacements.map(({ id }) => id);
	await removePacked(db, ids, limits);
	return inOneGo(db, async () => {
		const removed = idsOf(await removeRows(db, ids));
		const added = replacements.flatMap(({ id, by }) => (by && removed.includes(id) ? [by] : []));
		await waitAgain(db, [], added);
		return { removed, added };
	});
}

/** Takes out of pack `n` the records for which `goes` holds, and the photos they name; returns them. */
export function removeFromPack(
	db: ZhonggengDatabase,
	{ n, database }: PackLabel,
	goes: (revision: Revision) => boolean,
	limits: PackLimits
): PromiseLike<readonly Revision[]> {
	return inOneGo(db, async () => {
		const pack = await db.packTexts.get(n);
		if (!pack) return [];
		const [gone, rest] = parted(parsePack(pack.text), goes);
		if (gone.length === 0) return [];
		await db.packs.delete(n);
		await db.packTexts.delete(n);
		await addToPacks(db, database, rest, limits);
		await dropPhotosOf(db, gone);
		return gone;
	});
}

export function idsOf(revisions: readonly Revision[]): readonly string[] {
	return revisions.map(({ _id }) => _id);
}

/** A transaction on everything that holds something of a record. */
export function inOneGo<Result>(db: ZhonggengDatabase, work: () => Promise<Result>): PromiseLike<Result> {
	return db.transaction('rw', [db.tail, db.packs, db.packTexts, db.photos, db.photoBytes, db.drafts], work);
}

async function removeRows(db: ZhonggengDatabase, ids: readonly string[]): Promise<readonly Revision[]> {
	const rows = await rowsOf(db, ids);
	await db.tail.bulkDelete(rows.map(({ n }) => n));
	const revisions = rows.map(({ revision }) => revision);
	await dropPhotosOf(db, revisions);
	return revisions;
}

async function removePacked(
	db: ZhonggengDatabase,
	ids: readonly string[],
	limits: PackLimits
): Promise<readonly Revision[]> {
	const wanted = new Set(ids);
	const marks = new Set(ids.flatMap((id) => hashIn(id) ?? []).map(markOf));
	const done = new Set<number>();
	const gone: Revision[] = [];
	for (let packs = await likely(db, marks, done); packs.length > 0;) {
		for (const pack of packs) {
			gone.push(...(await removeFromPack(db, pack, ({ _id }) => wanted.has(_id), limits)));
			done.add(pack.n);
		}
		// Another tab may have joined packs into new ones meanwhile.
		packs = await likely(db, marks, done);
	}
	return gone;
}

async function likely(
	db: ZhonggengDatabase,
	marks: ReadonlySet<number>,
	done: ReadonlySet<number>
): Promise<readonly PackLabel[]> {
	const packs = await db.packs.toArray();
	return packs.filter((pack) => !done.has(pack.n) && pack.marks.some((mark) => marks.has(mark)));
}

function parted(revisions: readonly Revision[], goes: (revision: Revision) => boolean) {
	const { gone = [], rest = [] } = Object.groupBy(revisions, (revision) =>
		goes(revision) ? 'gone' : 'rest'
	);
	return [gone, rest] as const;
}

function hashIn(id: string): Hash | undefined {
	const hash = id.slice(id.lastIndexOf(':') + 1);
	return isHash(hash) ? hash : undefined;
}
