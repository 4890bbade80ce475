import type { Hash } from '#records/hash.ts';
import type { Revision } from '#records/revision.ts';
import type { Checkpoint, SyncStore } from '#records/sync-store.ts';
import type { ChangesPage } from './couch-database.ts';
import { heedErasures } from './erasing.ts';
import { takeIn, type Change, type TakenIn } from './take-in.ts';

/** A database, as far as it is read here. */
interface Feed {
	changes(
		since: string | number,
		limit: number
	): Promise<Omit<ChangesPage, 'changes'> & { readonly changes: readonly Change[] }>;
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
 * transaction, so that it can be cut off anywhere and go on from there.
 */
export async function pull(deps: PullDeps, database: string, from: Checkpoint): Promise<void> {
	const { store, remote, now, onProgress } = deps;
	let { seq } = from;
	let done = 0;
	for (let atEnd = false; !atEnd;) {
		const { changes, lastSeq, pending } = await remote.database(database).changes(seq, pageSize);
		const { revisions, gone } = await takenInSlices(deps, changes);
		// Before the checkpoint moves: cut off in between, the page comes again.
		await store.remove(gone.ids);
		if (gone.photos.length > 0) await store.removePhotos(database, gone.photos);
		await heedErasures(store, revisions, now);
		await store.storePulled(database, revisions, { identity: from.identity, seq: lastSeq });
		seq = lastSeq;
		done += changes.length;
		atEnd = isLastPage(changes.length, pending);
		onProgress(done, atEnd ? 0 : (pending ?? 0));
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
