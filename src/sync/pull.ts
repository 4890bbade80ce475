import type { Checkpoint, SyncStore } from '#records/sync-store.ts';
import type { ChangesPage } from './changes-page.ts';
import { changesBefore, passedOver, type DeliveredRange } from './delivered-ranges.ts';
import { comesWithin } from './pause.ts';
import { takeInPage, type TakeInDeps } from './take-in-pages.ts';

/** A database, as far as it is read here. */
interface Feed {
	changes(since: string | number, limit: number): Promise<ChangesPage>;
}

/** A page that was asked for. `limit`: changes in it at most. */
interface Asked {
	readonly limit: number;
	readonly page: Promise<ChangesPage>;
}

export interface PullDeps extends TakeInDeps {
	readonly store: SyncStore;
	readonly remote: { database(name: string): Feed };
	/** Changes of a page that is on the disk now, and how many the server says are left after it. */
	readonly onPage: (changes: number, left: number) => void;
}

/** Changes a request; measured against 100 it takes a thirtieth of the time. */
const pageSize = 1_000;
/** A page takes a slow phone some 300 ms to take in: a line that is as quick is waited for. */
const patienceMs = 300;

/**
 * Reads a feed on from a checkpoint to its end. Each page is put down as it comes, with how far it reaches in one
 * transaction, so that it can be cut off anywhere and go on from there: a line that is there for a minute is used
 * for fetching. The next page is asked for before this one is put down; while the line is slower than that, pages
 * are taken in. What this exchange has `delivered` is passed over.
 */
export async function pull(
	deps: PullDeps,
	database: string,
	from: Checkpoint,
	delivered: readonly DeliveredRange[] = []
): Promise<void> {
	const { store, remote, onPage } = deps;
	const feed = remote.database(database);
	const ask = (after: Checkpoint): Asked => {
		const limit = changesBefore(after, delivered, pageSize);
		return { limit, page: feed.changes(after.seq, limit) };
	};
	let next: Asked | undefined = ask(passedOver(from, delivered));
	while (next) {
		const { limit, page }: Asked = next;
		while (!(await comesWithin(patienceMs, page)) && (await takeInPage(deps)));
		const came: ChangesPage = await page;
		const { count, lastSeq, pending } = came;
		const reached = passedOver({ identity: from.identity, seq: lastSeq }, delivered);
		const left = leftAfter(reached, lastSeq, pending);
		next = isLastPage(count, limit, left) ? undefined : ask(reached);
		// What it fails with is met when it is awaited; if this page fails first, nobody asks.
		next?.page.catch(() => undefined);
		await store.storePage(database, came, reached);
		onPage(count, next ? (left ?? 0) : 0);
	}
}

/** Changes that are left when those up to `reached` were passed over. */
function leftAfter(
	{ seq }: Checkpoint,
	lastSeq: string | number,
	pending: number | undefined
): number | undefined {
	if (pending === undefined || typeof seq !== 'number' || typeof lastSeq !== 'number') return pending;
	return Math.max(0, pending - (seq - lastSeq));
}

function isLastPage(changes: number, limit: number, left: number | undefined): boolean {
	return changes === 0 || (left === undefined ? changes < limit : left === 0);
}
