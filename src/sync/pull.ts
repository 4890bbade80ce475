import type { Hash } from '#records/hash.ts';
import type { Revision } from '#records/revision.ts';
import type { Checkpoint, SyncStore } from '#records/sync-store.ts';
import type { ChangesPage } from './couch-database.ts';
import { heedErasures } from './erasing.ts';
import { takeIn, type Change, type TakenIn } from './take-in.ts';

/** A database, as far as it is read here. */
interface Feed {
	changes(since: string | number, limit: number): Promise<Page>;
}

interface Page extends Omit<ChangesPage, 'changes'> {
	readonly changes: readonly Change[];
}

export interface PullDeps {
	readonly store: SyncStore;
	readonly remote: { database(name: string): Feed };
	readonly now: () => Date;
	/** Lets the screen be drawn between slices of work. */
	readonly breathe: () => Promise<void>;
	/** Changes read of this feed so far, and how many the server says are left. */
	readonly onProgress: (done: number, left: number) => void;
	/** Ids of documents that do not match their hash; they are not stored. */
	readonly onDamaged: (ids: readonly string[]) => void;
}

/** Changes a request; measured against 100 it takes a thirtieth of the time. */
const pageSize = 1_000;
/** Records checked without a pause: some 10 ms on a slow phone. */
const sliceSize = 100;

/**
 * Reads a feed on from a checkpoint to its end. Each page is stored with how far it reaches in one
 * transaction, so that it can be cut off anywhere and go on from there. The next page is asked for
 * before this one is checked and stored.
 */
export async function pull(deps: PullDeps, database: string, from: Checkpoint): Promise<void> {
	const { store, remote, now, onProgress } = deps;
	const feed = remote.database(database);
	let done = 0;
	let next: Promise<Page> | undefined = feed.changes(from.seq, pageSize);
	while (next) {
		const { changes, lastSeq, pending }: Page = await next;
		next = isLastPage(changes.length, pending) ? undefined : feed.changes(lastSeq, pageSize);
		// What it fails with is met when it is awaited; if this page fails first, nobody asks.
		next?.catch(() => undefined);
		const { revisions, gone } = await takenInSlices(deps, changes);
		// Before the checkpoint moves: cut off in between, the page comes again.
		await store.remove(gone.ids);
		if (gone.photos.length > 0) await store.removePhotos(database, gone.photos);
		await heedErasures(store, revisions, now);
		await store.storePulled(database, revisions, { identity: from.identity, seq: lastSeq });
		done += changes.length;
		onProgress(done, next ? (pending ?? 0) : 0);
	}
}

function isLastPage(changes: number, pending: number | undefined): boolean {
	return changes === 0 || (pending === undefined ? changes < pageSize : pending === 0);
}

async function takenInSlices(
	{ breathe, onDamaged }: PullDeps,
	changes: readonly Change[]
): Promise<Omit<TakenIn, 'damaged'>> {
	const revisions: Revision[] = [];
	const ids: string[] = [];
	const photos: Hash[] = [];
	for (let start = 0; start < changes.length; start += sliceSize) {
		const taken = takeIn(changes.slice(start, start + sliceSize));
		revisions.push(...taken.revisions);
		ids.push(...taken.gone.ids);
		photos.push(...taken.gone.photos);
		if (taken.damaged.length > 0) onDamaged(taken.damaged);
		await breathe();
	}
	return { revisions, gone: { ids, photos } };
}
