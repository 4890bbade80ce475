import type { DeliveryChange } from '#records/phone-store.ts';
import type { Revision } from '#records/revision.ts';
import type { Checkpoint, FeedChange, FeedPage, PageText } from '#records/sync-store.ts';
import type { PackLimits } from './pack-limits.ts';
import { addToPacks } from './packing.ts';
import { isDamage } from './store-failure.ts';
import { changeDeliveries, rowsOf } from './tail.ts';
import type { ZhonggengDatabase } from './zhonggeng-database.ts';

/** The records of a page, and when they were taken in, ISO 8601. */
interface Pulled {
	readonly page: FeedPage;
	readonly revisions: readonly Revision[];
	readonly at: string;
}

/** What a page brought: records that were not here, and own ones now known to be delivered. */
interface Brought {
	readonly fresh: readonly Revision[];
	readonly changes: readonly DeliveryChange[];
}

/** A page of nothing only says how far the feed was read. */
export function storePage(
	db: ZhonggengDatabase,
	database: string,
	{ text, count }: PageText,
	checkpoint: Checkpoint
): PromiseLike<void> {
	return db.transaction('rw', db.pages, db.meta, async () => {
		if (count > 0) await db.pages.add({ database, text });
		await db.meta.put({ key: checkpointKey(database), checkpoint });
	});
}

/**
 * The page that came first. One that cannot be read goes, with the checkpoint of its feed, which is then read anew from
 * its start. @throws what reading it failed with: who is reading that feed on must stop.
 */
export async function oldestPage(db: ZhonggengDatabase): Promise<FeedPage | undefined> {
	const [n] = await db.pages.where('n').above(0).limit(1).primaryKeys();
	if (n === undefined) return undefined;
	try {
		const row = await db.pages.get(n);
		return row && { n, database: row.database, changes: changesIn(row.text) };
	} catch (error) {
		if (isDamage(error)) await forgetPage(db, n);
		throw error;
	}
}

function changesIn(text: string): readonly FeedChange[] {
	const changes: unknown = JSON.parse(text);
	if (!areChanges(changes)) throw new TypeError(`not a page: ${text.slice(0, 80)}`);
	return changes;
}

function forgetPage(db: ZhonggengDatabase, n: number): PromiseLike<void> {
	return db.transaction('rw', db.pages, db.meta, async () => {
		const databases: string[] = [];
		// The index tells without reading the row.
		await db.pages.orderBy('database').eachKey((database, { primaryKey }) => {
			if (primaryKey === n && typeof database === 'string') databases.push(database);
		});
		await db.meta.bulkDelete(databases.map(checkpointKey));
		await db.pages.delete(n);
	});
}

/** As the server wrote it. */
function areChanges(value: unknown): value is readonly FeedChange[] {
	return Array.isArray(value) && value.every(isChange);
}

function isChange(value: unknown): boolean {
	return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';
}

/**
 * What `account` wrote on this device lies in the tail, and stays there: that the server sends it back shows that
 * it is delivered, even if the answer was lost.
 */
export function takeIn(
	db: ZhonggengDatabase,
	account: string,
	{ page, revisions, at }: Pulled,
	limits: PackLimits
): PromiseLike<Brought> {
	return db.transaction('rw', db.tail, db.packs, db.packTexts, db.pages, async () => {
		const mine = revisions.filter(({ author }) => author === account).map(({ _id }) => _id);
		const rows = await rowsOf(db, mine);
		const changes = await changeDeliveries(db, rows, ({ delivery }) =>
			delivery.state === 'delivered' ? undefined : { state: 'delivered', at }
		);
		const inTail = new Set(rows.map(({ revision }) => revision._id));
		const others = revisions.filter(({ _id }) => !inTail.has(_id));
		const fresh = await addToPacks(db, page.database, others, limits);
		await db.pages.delete(page.n);
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
