import type { Revision } from '#records/revision.ts';
import { parsePack } from './packing.ts';
import type { ZhonggengDatabase } from './zhonggeng-database.ts';

/** Rows of the tail read at once. */
const pageSize = 1000;

/**
 * Reads the tail, the packs without month and those of `months`, page by page and pack by pack, so
 * that neither a screen nor a save waits for the whole. Every record comes once. `total` shrinks
 * by what turns out to lie in two places, and is met at the end.
 *
 * The tail goes first: what another tab folds meanwhile moves from the tail to a pack, never back.
 */
export async function load(
	db: ZhonggengDatabase,
	months: readonly string[],
	onChunk: (revisions: readonly Revision[], total: number) => void
): Promise<void> {
	const wanted = new Set(['', ...months]);
	const seen = new Set<string>();
	const done = new Set<number>();
	let total = await totalOf(db, wanted);
	const give = (revisions: readonly Revision[]) => {
		const fresh = revisions.filter(({ _id }) => !seen.has(_id));
		for (const { _id } of fresh) seen.add(_id);
		total = Math.max(seen.size, total - (revisions.length - fresh.length));
		if (revisions.length > 0) onChunk(fresh, total);
	};
	for (let last: number | undefined = 0; last !== undefined;) {
		const page: readonly { n: number; revision: Revision }[] = await db.tail
			.where('n')
			.above(last)
			.limit(pageSize)
			.toArray();
		give(page.map(({ revision }) => revision));
		last = page.at(-1)?.n;
	}
	for (let packs = await packsOf(db, wanted, done); packs.length > 0;) {
		for (const n of packs) {
			const pack = await db.packTexts.get(n);
			if (pack) give(parsePack(pack.text));
			done.add(n);
		}
		// A pack that is gone was joined into a new one meanwhile.
		packs = await packsOf(db, wanted, done);
	}
}

function totalOf(db: ZhonggengDatabase, months: ReadonlySet<string>): PromiseLike<number> {
	return db.transaction('r', db.tail, db.packs, async () => {
		const packs = (await db.packs.toArray()).filter(({ month }) => months.has(month));
		return packs.reduce((sum, { count }) => sum + count, await db.tail.count());
	});
}

async function packsOf(
	db: ZhonggengDatabase,
	months: ReadonlySet<string>,
	done: ReadonlySet<number>
): Promise<readonly number[]> {
	const packs = await db.packs.toArray();
	return packs.filter(({ n, month }) => months.has(month) && !done.has(n)).map(({ n }) => n);
}
