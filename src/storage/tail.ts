import Dexie from 'dexie';
import type { Delivery, DeliveryChange, DeliveryCounts, OwnRevision, Write } from '#records/phone-store.ts';
import type { Settled, WaitingRevision } from '#records/sync-store.ts';
import { addressed, putPhotos } from './photos.ts';
import type { TailRow, ZhonggengDatabase } from './zhonggeng-database.ts';

const waitingState: Delivery = { state: 'waiting' };

/** Puts records and photos down and takes the finished draft away, all of it or none. */
export async function save(db: ZhonggengDatabase, write: Write): Promise<void> {
	if (await isSavedAlone(db, write)) return;
	const { revisions, photos = [], finishedDraft } = write;
	const tables = [
		db.tail,
		...(photos.length > 0 ? [db.photos, db.photoBytes] : []),
		...(finishedDraft === undefined ? [] : [db.drafts])
	];
	await db.transaction('rw', tables, async () => {
		await putPhotos(db, addressed(photos, revisions), 'waiting');
		await addUnlessHeld(
			db,
			revisions.map((revision) => ({ revision, delivery: waitingState }))
		);
		if (finishedDraft !== undefined) await db.drafts.delete(finishedDraft);
	});
}

/** A tap is mostly one record. What the short way does not take for whatever reason, the long way does, or says why. */
async function isSavedAlone(
	db: ZhonggengDatabase,
	{ revisions, photos = [], finishedDraft }: Write
): Promise<boolean> {
	const [revision, second] = revisions;
	if (!revision || second || photos.length > 0) return false;
	try {
		return await db.addAlone({ revision, delivery: waitingState }, finishedDraft);
	} catch {
		return false; // held already, no room, or the connection was just closed: nothing was written
	}
}

/** Adds rows whose record the tail does not have. Within a transaction on the tail, or a single one. */
export async function addUnlessHeld(
	db: ZhonggengDatabase,
	rows: readonly Omit<TailRow, 'n'>[]
): Promise<void> {
	try {
		await db.tail.bulkAdd(rows);
	} catch (error) {
		const held = error instanceof Dexie.BulkError && error.failures.every(isHeld);
		if (!held) throw error;
	}
}

/** The index of ids is unique. */
function isHeld(failure: Error): boolean {
	return failure.name === 'ConstraintError';
}

/**
 * The rows of the given records, as far as the tail has them: one by one, or all that it has, whichever is less. The
 * first fetch on a new phone brings thousands of one's own records, and the tail is empty.
 */
export async function rowsOf(db: ZhonggengDatabase, ids: readonly string[]): Promise<readonly TailRow[]> {
	if (ids.length > 1 && (await db.tail.count()) < ids.length) {
		const wanted = new Set(ids);
		return (await db.tail.toArray()).filter(({ revision }) => wanted.has(revision._id));
	}
	const rows = await Promise.all(ids.map((id) => rowOf(db, id)));
	return rows.filter((row) => row !== undefined);
}

function rowOf(db: ZhonggengDatabase, id: string): PromiseLike<TailRow | undefined> {
	return db.tail.where('revision._id').equals(id).first();
}

/** Waiting records in the order written, those after `after` if it is given. */
export async function waiting(
	db: ZhonggengDatabase,
	limit: number,
	after?: number
): Promise<readonly WaitingRevision[]> {
	if (after === undefined)
		return waitingOf(await db.tail.where('delivery.state').equals('waiting').limit(limit).toArray());
	// What follows a waiting record mostly waits as well: read in pages, it is found without an index of its own.
	const found: WaitingRevision[] = [];
	for (let last: number | undefined = after; last !== undefined && found.length < limit;) {
		const page: TailRow[] = await db.tail.where('n').above(last).limit(limit).toArray();
		found.push(...waitingOf(page));
		last = page.at(-1)?.n;
	}
	return found.slice(0, limit);
}

function waitingOf(rows: readonly TailRow[]): readonly WaitingRevision[] {
	const still = rows.filter(({ delivery }) => delivery.state === 'waiting');
	return still.map(({ n, revision }) => ({ order: n, revision }));
}

export async function own(
	db: ZhonggengDatabase,
	state: Delivery['state'],
	limit: number
): Promise<readonly OwnRevision[]> {
	const rows = await db.tail.where('delivery.state').equals(state).limit(limit).toArray();
	return rows.map(({ revision, delivery }) => ({ revision, delivery }));
}

export async function deliveryOf(db: ZhonggengDatabase, id: string): Promise<Delivery | undefined> {
	const row = await rowOf(db, id);
	return row?.delivery;
}

export function counts(db: ZhonggengDatabase): PromiseLike<DeliveryCounts> {
	return db.transaction('r', db.tail, async () => ({
		waiting: await db.tail.where('delivery.state').equals('waiting').count(),
		refused: await db.tail.where('delivery.state').equals('refused').count()
	}));
}

/** Notes what the server said. Delivered is final: a refusal of another attempt does not undo it. */
export function settle(
	db: ZhonggengDatabase,
	settled: readonly Settled[],
	at: string
): PromiseLike<readonly DeliveryChange[]> {
	const outcomes = new Map(settled.map((outcome) => [outcome.id, outcome]));
	return db.transaction('rw', db.tail, async () => {
		const rows = await rowsOf(db, [...outcomes.keys()]);
		return changeDeliveries(db, rows, ({ revision, delivery }) => {
			const outcome = outcomes.get(revision._id);
			if (!outcome || delivery.state === 'delivered') return undefined;
			return outcome.outcome === 'delivered'
				? { state: 'delivered', at }
				: { state: 'refused', at, reason: outcome.reason };
		});
	});
}

/** Offers a refused record once more; any other is left as it is. */
export function retry(db: ZhonggengDatabase, id: string): PromiseLike<readonly DeliveryChange[]> {
	return db.transaction('rw', db.tail, async () =>
		changeDeliveries(db, await rowsOf(db, [id]), ({ delivery }) =>
			delivery.state === 'refused' ? waitingState : undefined
		)
	);
}

/** Writes the rows for which `next` names another delivery. Within a transaction on the tail. */
export async function changeDeliveries(
	db: ZhonggengDatabase,
	rows: readonly TailRow[],
	next: (row: TailRow) => Delivery | undefined
): Promise<readonly DeliveryChange[]> {
	const changed = rows.flatMap((row) => {
		const delivery = next(row);
		return delivery ? [{ ...row, delivery }] : [];
	});
	await db.tail.bulkPut(changed);
	return changed.map(({ revision, delivery }) => ({ id: revision._id, delivery }));
}

/** Makes records wait, whether the tail has them or not. Within a transaction on the tail. */
export async function waitAgain(
	db: ZhonggengDatabase,
	rows: readonly TailRow[],
	revisions: readonly TailRow['revision'][]
): Promise<void> {
	await changeDeliveries(db, rows, ({ delivery }) =>
		delivery.state === 'delivered' ? waitingState : undefined
	);
	await addUnlessHeld(
		db,
		revisions.map((revision) => ({ revision, delivery: waitingState }))
	);
}
