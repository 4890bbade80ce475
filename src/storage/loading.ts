import type { Revision } from '#records/revision.ts';
import { parsePack } from './pack-text.ts';
import type { PackLabel, PackText, TailRow } from './zhonggeng-database.ts';

/** Where records are read from. */
export interface RecordSource {
	/** All packs, and how many rows the tail has, at one moment. */
	extent(): PromiseLike<{ readonly packs: readonly PackLabel[]; readonly tail: number }>;
	packs(): PromiseLike<readonly PackLabel[]>;
	/** Rows after `n`, in their order. */
	tailAfter(n: number, limit: number): PromiseLike<readonly TailRow[]>;
	packText(n: number): PromiseLike<PackText | undefined>;
}

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
	source: RecordSource,
	months: readonly string[],
	onChunk: (revisions: readonly Revision[], total: number) => void
): Promise<void> {
	const wanted = new Set(['', ...months]);
	const seen = new Set<string>();
	const done = new Set<number>();
	let total = await totalOf(source, wanted);
	const give = (revisions: readonly Revision[]) => {
		const fresh = revisions.filter(({ _id }) => !seen.has(_id));
		for (const { _id } of fresh) seen.add(_id);
		total = Math.max(seen.size, total - (revisions.length - fresh.length));
		if (revisions.length > 0) onChunk(fresh, total);
	};
	for (let last: number | undefined = 0; last !== undefined;) {
		const page: readonly TailRow[] = await source.tailAfter(last, pageSize);
		give(page.map(({ revision }) => revision));
		last = page.at(-1)?.n;
	}
	for (let packs = await packsOf(source, wanted, done); packs.length > 0;) {
		for await (const [n, pack] of readAhead(packs, source)) {
			if (pack) give(parsePack(pack.text));
			done.add(n);
		}
		// A pack that is gone was joined into a new one meanwhile.
		packs = await packsOf(source, wanted, done);
	}
}

/** The texts of packs, each asked of the disk before the one ahead of it is worked on. */
async function* readAhead(packs: readonly number[], source: RecordSource) {
	let coming: Promise<PackText | undefined> | undefined;
	for (const [index, n] of packs.entries()) {
		const pack = coming ?? textOf(source, n);
		const next = packs[index + 1];
		coming = next === undefined ? undefined : textOf(source, next);
		// What it fails with is met when it is awaited; if this one fails first, nobody asks.
		coming?.catch(() => undefined);
		yield [n, await pack] as const;
	}
}

async function textOf(source: RecordSource, n: number): Promise<PackText | undefined> {
	return await source.packText(n);
}

async function totalOf(source: RecordSource, months: ReadonlySet<string>): Promise<number> {
	const { packs, tail } = await source.extent();
	return packs.filter(({ month }) => months.has(month)).reduce((sum, { count }) => sum + count, tail);
}

async function packsOf(
	source: RecordSource,
	months: ReadonlySet<string>,
	done: ReadonlySet<number>
): Promise<readonly number[]> {
	const packs = await source.packs();
	return packs.filter(({ n, month }) => months.has(month) && !done.has(n)).map(({ n }) => n);
}
