import { keyedEntityOf, placeOfEntity } from '#kinds/kind.ts';
import { databaseOf } from '#records/database-name.ts';
import { namedHashes } from '#records/named-hashes.ts';
import type { Draft } from '#records/phone-store.ts';
import type { Revision } from '#records/revision.ts';
import { isWithin, type Scope } from '#records/scope.ts';
import type { Readable } from '#records/sync-store.ts';
import { dropLabels, dropPhotosOf } from './dropping-photos.ts';
import { inOneGo, removeFromPack } from './dropping.ts';
import type { PackLimits } from './pack-limits.ts';
import type { ZhonggengDatabase } from './zhonggeng-database.ts';

const checkpointPrefix = 'checkpoint:';

/**
 * Takes out what is delivered and not readable, with its photos, drafts and checkpoints; returns the records. In
 * several transactions: cut off, it is done over.
 */
export async function dropUnreadable(
	db: ZhonggengDatabase,
	readable: Readable,
	limits: PackLimits
): Promise<readonly Revision[]> {
	const gone = [...(await dropRows(db, readable))];
	for (const pack of await db.packs.toArray()) {
		const { database } = pack;
		const whole = !readable.database(database);
		const goes = ({ _id }: Revision) => whole || !readable.record(_id, database);
		gone.push(...(await removeFromPack(db, pack, goes, limits)));
	}
	await dropDrafts(db, (place) => !readable.place(place));
	await dropPhotos(db, (database) => !readable.database(database));
	await forgetFeeds(db, (database) => !readable.onward(database));
	return gone;
}

/** What waits stays, and what a draft names: it may be only here. */
function dropPhotos(db: ZhonggengDatabase, unreadable: (database: string) => boolean): PromiseLike<void> {
	return db.transaction('rw', db.photos, db.photoBytes, db.drafts, async () => {
		const drafts = await db.drafts.toArray();
		const needed = new Set<string>(drafts.flatMap(({ value }) => namedHashes(value)));
		const labels = await db.photos.toArray();
		await dropLabels(
			db,
			labels.filter(
				({ database, state, hash }) => unreadable(database) && state !== 'waiting' && !needed.has(hash)
			)
		);
	});
}

/** These are read anew from their start, and with that what came of them and is not taken in comes again. */
export function forgetFeeds(db: ZhonggengDatabase, anew: (database: string) => boolean): PromiseLike<void> {
	return db.transaction('rw', db.meta, db.pages, async () => {
		const checkpoints = await db.meta.where('key').startsWith(checkpointPrefix).primaryKeys();
		const keys = checkpoints.filter((key) => anew(key.slice(checkpointPrefix.length)));
		await db.meta.bulkDelete(keys);
		const databases = keys.map((key) => key.slice(checkpointPrefix.length));
		await db.pages.bulkDelete(await db.pages.where('database').anyOf(databases).primaryKeys());
	});
}

/** Takes out the drafts about `scope` and all within it that were last changed before `before` (ISO 8601). */
export function dropDraftsAbout(db: ZhonggengDatabase, scope: Scope, before: string): PromiseLike<void> {
	const end = Date.parse(before);
	return dropDrafts(db, (place, { at }) => isWithin(place, scope) && Date.parse(at) < end);
}

/** Takes out the drafts whose authors had one of these records before them. `ids`: of records that are gone. */
export function dropDraftsOn(db: ZhonggengDatabase, ids: readonly string[]): PromiseLike<void> {
	const gone = new Set(ids.map((id) => id.slice(id.lastIndexOf(':') + 1)));
	return dropDrafts(db, (_place, { seen = [] }) => seen.some((hash) => gone.has(hash)));
}

/** What waits or was refused stays: it is only here. */
function dropRows(db: ZhonggengDatabase, readable: Readable): PromiseLike<readonly Revision[]> {
	return inOneGo(db, async () => {
		const delivered = await db.tail.where('delivery.state').equals('delivered').toArray();
		const rows = delivered.filter(({ revision: { _id, scope } }) => {
			const database = databaseOf(scope);
			return !readable.database(database) || !readable.record(_id, database);
		});
		await db.tail.bulkDelete(rows.map(({ n }) => n));
		const revisions = rows.map(({ revision }) => revision);
		await dropPhotosOf(db, revisions);
		return revisions;
	});
}

/** A draft's key ends with the entity it is about, as `check-in:<entity>`; one about no place stays. */
function dropDrafts(db: ZhonggengDatabase, goes: (place: Scope, draft: Draft) => boolean): PromiseLike<void> {
	return db.transaction('rw', db.drafts, async () => {
		const drafts = await db.drafts.toArray();
		const gone = drafts.filter((draft) => {
			const entity = draft.key.slice(draft.key.indexOf(':') + 1);
			const place = keyedEntityOf(entity)?.scope ?? placeOfEntity(entity);
			return place !== undefined && goes(place, draft);
		});
		await db.drafts.bulkDelete(gone.map(({ key }) => key));
	});
}

export async function rolesDroppedFor(db: ZhonggengDatabase): Promise<readonly string[] | undefined> {
	return (await db.meta.get('roles'))?.roles;
}

export async function rememberRoles(db: ZhonggengDatabase, roles: readonly string[]): Promise<void> {
	await db.meta.put({ key: 'roles', roles: [...roles] });
}
