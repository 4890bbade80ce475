import type { Hash } from '#records/hash.ts';
import type { Revision } from '#records/revision.ts';
import type { FeedChange, SyncStore } from '#records/sync-store.ts';
import { heedErasures, householdsErased } from './erasing.ts';
import { takeIn, type TakenIn } from './take-in.ts';

export interface TakeInDeps {
	readonly store: SyncStore;
	readonly now: () => Date;
	/** Lets the screen be drawn between slices of work. */
	readonly breathe: () => Promise<void>;
	/** Changes of a page that are taken in now. */
	readonly onTakenIn: (database: string, changes: number) => void;
	/** Ids of documents that do not match their hash; they are not stored. */
	readonly onDamaged: (ids: readonly string[]) => void;
}

/** Records checked without a pause: some 10 ms on a slow phone. */
const sliceSize = 100;

/** Takes in all pages that were put down, without a network. */
export async function takeInPages(deps: TakeInDeps): Promise<void> {
	while (await takeInPage(deps));
}

/**
 * Takes in the page that came first: checks every hash before a record is shown, and stores its records. False when
 * there is none. Cut off anywhere, the page is still there, and repeating it changes nothing.
 */
export async function takeInPage(deps: TakeInDeps): Promise<boolean> {
	const { store, now, onTakenIn } = deps;
	const page = await store.oldestPage();
	if (!page) return false;
	const { revisions, gone } = await takenInSlices(deps, page.changes);
	await store.remove(gone.ids);
	if (gone.photos.length > 0) await store.removePhotos(page.database, gone.photos);
	await heedErasures(store, { households: householdsErased(revisions), gone: gone.ids }, now);
	await store.takeIn(page, revisions);
	onTakenIn(page.database, page.changes.length);
	return true;
}

async function takenInSlices(
	{ breathe, onDamaged }: TakeInDeps,
	changes: readonly FeedChange[]
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
