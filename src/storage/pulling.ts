import type { DeliveryChange } from '#records/phone-store.ts';
import type { Revision } from '#records/revision.ts';
import type { Checkpoint } from '#records/sync-store.ts';
import type { PackLimits } from './pack-limits.ts';
import { addToPacks } from './packing.ts';
import { changeDeliveries, rowsOf } from './tail.ts';
import type { ZhonggengDatabase } from './zhonggeng-database.ts';

/** A batch of a feed and how far it reaches. */
export interface Pulled {
	readonly database: string;
	readonly revisions: readonly Revision[];
	readonly checkpoint: Checkpoint;
	/** When it came, ISO 8601. */
	readonly at: string;
}

/** What a batch brought: records that were not here, and own ones now known to be delivered. */
export interface Brought {
	readonly fresh: readonly Revision[];
	readonly changes: readonly DeliveryChange[];
}

/**
 * Stores a batch and its checkpoint. What `account` wrote on this device lies in the tail, and stays
 * there: that the server sends it back shows that it is delivered, even if the answer was lost.
 */
export function storePulled(
	db: ZhonggengDatabase,
	account: string,
	{ database, revisions, checkpoint, at }: Pulled,
	limits: PackLimits
): PromiseLike<Brought> {
	return db.transaction('rw', db.tail, db.packs, db.packTexts, db.meta, async () => {
		const mine = revisions.filter(({ author }) => author === account).map(({ _id }) => _id);
		const rows = await rowsOf(db, mine);
		const changes = await changeDeliveries(db, rows, ({ delivery }) =>
			delivery.state === 'delivered' ? undefined : { state: 'delivered', at }
		);
		const inTail = new Set(rows.map(({ revision }) => revision._id));
		const others = revisions.filter(({ _id }) => !inTail.has(_id));
		const fresh = await addToPacks(db, database, others, limits);
		await db.meta.put({ key: checkpointKey(database), checkpoint });
		return { fresh, changes };
	});
}

export async function checkpointOf(db: ZhonggengDatabase, database: string): Promise<Checkpoint | undefined> {
	return (await db.meta.get(checkpointKey(database)))?.checkpoint;
}

export async function feeds(db: ZhonggengDatabase): Promise<readonly string[]> {
	return (await db.meta.get('feeds'))?.feeds ?? [];
}

export async function rememberFeeds(db: ZhonggengDatabase, databases: readonly string[]): Promise<void> {
	await db.meta.put({ key: 'feeds', feeds: [...databases] });
}

function checkpointKey(database: string): string {
	return `checkpoint:${database}`;
}
