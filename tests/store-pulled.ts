import type { Revision } from '#records/revision.ts';
import type { Checkpoint, SyncStore } from '#records/sync-store.ts';
import { pageText } from './page-text.ts';

/** A page of a feed with these records comes and is taken in. */
export async function storePulled(
	store: SyncStore,
	database: string,
	revisions: readonly Revision[],
	checkpoint: Checkpoint
): Promise<void> {
	const changes = revisions.map((doc) => ({ id: doc._id, doc }));
	await store.storePage(database, pageText(changes), checkpoint);
	const page = await store.oldestPage();
	if (page) await store.takeIn(page, revisions);
}
