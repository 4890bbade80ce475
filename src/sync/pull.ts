import type { Checkpoint, FeedChange, SyncStore } from '#records/sync-store.ts';
import type { ChangesPage } from './couch-database.ts';
import { comesWithin } from './pause.ts';
import { takeInPage, type TakeInDeps } from './take-in-pages.ts';

/** A database, as far as it is read here. */
interface Feed {
	changes(since: string | number, limit: number): Promise<Page>;
}

interface Page extends Omit<ChangesPage, 'changes'> {
	readonly changes: readonly FeedChange[];
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
 * are taken in.
 */
export async function pull(deps: PullDeps, database: string, from: Checkpoint): Promise<void> {
	const { store, remote, onPage } = deps;
	const feed = remote.database(database);
	let next: Promise<Page> | undefined = feed.changes(from.seq, pageSize);
	while (next) {
		while (!(await comesWithin(patienceMs, next)) && (await takeInPage(deps)));
		const { changes, lastSeq, pending }: Page = await next;
		next = isLastPage(changes.length, pending) ? undefined : feed.changes(lastSeq, pageSize);
		// What it fails with is met when it is awaited; if this page fails first, nobody asks.
		next?.catch(() => undefined);
		await store.storePage(database, changes, { identity: from.identity, seq: lastSeq });
		onPage(changes.length, next ? (pending ?? 0) : 0);
	}
}

function isLastPage(changes: number, pending: number | undefined): boolean {
	return changes === 0 || (pending === undefined ? changes < pageSize : pending === 0);
}
