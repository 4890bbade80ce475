import { databaseOf } from '#records/database-name.ts';
import { namedHashes } from '#records/named-hashes.ts';
import type { Revision } from '#records/revision.ts';
import type { SyncTrouble } from '#records/sync-status.ts';
import type { Settled, SyncStore } from '#records/sync-store.ts';
import type { DeliveredRange } from './delivered-ranges.ts';
import { pushPhotos, type PhotosSent } from './push-photos.ts';
import type { Remote } from './remote.ts';
import { sendAll, type Answer, type Sent } from './send-all.ts';

export interface PushDeps {
	/** The account whose store this is. */
	readonly account: string;
	readonly store: SyncStore;
	readonly remote: Remote;
	readonly now: () => Date;
	/** How many records one request carries. */
	readonly batchSize: number;
	/** Records that have an answer, of those that waited at the start. */
	readonly onProgress: (done: number, total: number) => void;
}

/** `trouble`: some records have no answer and wait on. */
export interface Pushed {
	readonly trouble?: SyncTrouble;
	/** Where the delivered records stand in their feeds, by database, as far as the server told. */
	readonly delivered: ReadonlyMap<string, readonly DeliveredRange[]>;
}

/**
 * Offers every waiting record to the server: first, in the order written, those without a photo that
 * has yet to be sent; then the others one by one, each after its photos, so that on a bad line a
 * photo holds up nothing but what follows from it. A record counts as delivered when the server has
 * answered for it, and not before: whatever is cut off is simply offered again.
 */
export async function push(deps: PushDeps): Promise<Pushed> {
	const { store, onProgress } = deps;
	const { waiting: total } = await store.counts();
	const delivered = new Map<string, readonly DeliveredRange[]>();
	if (total === 0) return { delivered };
	const progress = { done: 0 };
	const onSettled: OnSettled = (database, answers, range) => {
		progress.done += answers;
		if (range) delivered.set(database, [...(delivered.get(database) ?? []), range]);
		onProgress(progress.done, Math.max(total, progress.done));
	};
	onProgress(0, total);
	const photos = await store.photosWaiting();
	const slow = ({ body }: Revision) => namedHashes(body).some((hash) => photos.has(hash));
	const closed = new Set<string>();
	let trouble: SyncTrouble | undefined;
	for await (const { database, revisions } of batches(deps, slow)) {
		if (closed.has(database)) continue;
		const sent = await pushBatch(deps, database, revisions, onSettled);
		trouble = sent.trouble ?? trouble;
		if (sent.stopped === 'all') break;
		if (sent.stopped === 'database') closed.add(database);
	}
	return { delivered, ...(trouble && { trouble }) };
}

/** Told of records that have an answer, and that it is on the disk. */
type OnSettled = (database: string, answers: number, range: DeliveredRange | undefined) => void;

interface Batch {
	readonly database: string;
	readonly revisions: readonly Revision[];
}

/** The waiting records as they are to be sent: the `slow` ones last and each by itself. */
async function* batches(deps: PushDeps, slow: (revision: Revision) => boolean): AsyncGenerator<Batch> {
	for await (const page of pages(deps)) {
		const quick = page.filter((revision) => !slow(revision));
		for (const [database, revisions] of Map.groupBy(quick, databaseOfRevision)) yield { database, revisions };
	}
	for await (const page of pages(deps))
		for (const revision of page.filter(slow))
			yield { database: databaseOfRevision(revision), revisions: [revision] };
}

async function* pages({ store, batchSize }: PushDeps): AsyncGenerator<readonly Revision[]> {
	let page = await store.waiting(batchSize);
	for (let last = page.at(-1); last; last = page.at(-1)) {
		yield page.map(({ revision }) => revision);
		page = await store.waiting(batchSize, last.order);
	}
}

function databaseOfRevision({ scope }: Revision): string {
	return databaseOf(scope);
}

async function pushBatch(
	{ account, store, remote, now }: PushDeps,
	database: string,
	revisions: readonly Revision[],
	onSettled: OnSettled
): Promise<Sent> {
	// The server knows these as another author's: the session has become another account's, in some other tab.
	const own = new Set(revisions.flatMap(({ _id, author }) => (author === account ? [_id] : [])));
	let otherSession = false;
	const settle = async (answer: Answer) => {
		const refused = answer.refused.filter(({ id, reason }) => !(reason.startsWith('author:') && own.has(id)));
		otherSession ||= refused.length < answer.refused.length;
		const settled = settledBy({ ...answer, refused });
		if (settled.length > 0) await store.settle(settled, now().toISOString());
		onSettled(database, settled.length, answer.range);
	};
	const photos = await pushPhotos(store, remote, database, revisions);
	if (photos.sent.stopped) return photos.sent;
	const { ready, refused } = withPhotos(revisions, photos.withheld);
	if (refused.length > 0) await settle({ delivered: [], refused });
	if (ready.length === 0) return photos.sent;
	const sent = await sendAll(remote, database, ready.map(asDocument), settle);
	return otherSession ? { trouble: 'signed-out', stopped: 'all' } : { ...photos.sent, ...sent };
}

/** Records whose photos are there, and those refused because a photo was; the others wait with their photos. */
function withPhotos(revisions: readonly Revision[], withheld: PhotosSent['withheld']) {
	const ready: Revision[] = [];
	const refused: { readonly id: string; readonly reason: string }[] = [];
	for (const revision of revisions) {
		const photos = namedHashes(revision.body).flatMap((hash) => withheld.get(hash) ?? []);
		const [reason] = photos.flatMap((photo) => photo.refused ?? []);
		if (photos.length === 0) ready.push(revision);
		else if (reason !== undefined) refused.push({ id: revision._id, reason });
	}
	return { ready, refused };
}

function settledBy({ delivered, refused }: Answer): readonly Settled[] {
	return [
		...delivered.map((id) => ({ id, outcome: 'delivered' as const })),
		...refused.map(({ id, reason }) => ({ id, outcome: 'refused' as const, reason }))
	];
}

function asDocument(revision: Revision) {
	return { ...revision };
}
