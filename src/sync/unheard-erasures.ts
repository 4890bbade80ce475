import type { ErasedHousehold } from '#access/devices-api.ts';
import { erasure, erasureEntity } from '#kinds/erasure.ts';
import { isPersonal } from '#kinds/personal.ts';
import { scopeOfDatabase } from '#records/database-name.ts';
import type { PhoneStore } from '#records/phone-store.ts';
import { isWithin, type Scope } from '#records/scope.ts';
import type { Readable, SyncStore } from '#records/sync-store.ts';
import { heedErasures } from './erasing.ts';

/** A store whose account is signed out: no feed tells it of erasures. */
export type UnheedingStore = SyncStore & Pick<PhoneStore, 'load'>;

/**
 * Heeds erasures that no feed told a store of. Which records went the server does not say here: everything delivered
 * goes that lies where the household's may lie, and is read anew when the account works here again. Repeats change
 * nothing.
 */
export async function heedUnheard(
	store: UnheedingStore,
	erased: readonly ErasedHousehold[],
	now: () => Date
): Promise<void> {
	const heard = await erasuresIn(store);
	const unheard = erased.filter(({ household, id }) => !heard.has(erasureEntity(household, id)));
	if (unheard.length === 0) return;
	const about = (scope: Scope) => unheard.some(({ household }) => isWithin(scope, household));
	const dropped = await store.dropUnreadable(awayFrom(unheard.map(({ household }) => household)));
	const gone = dropped.filter((revision) => about(revision.scope) && isPersonal(revision));
	await heedErasures(store, { households: unheard, gone: gone.map(({ _id }) => _id) }, now);
}

async function erasuresIn(store: UnheedingStore): Promise<ReadonlySet<string>> {
	const entities = new Set<string>();
	await store.load([], (revisions) => {
		for (const { kind, entity } of revisions) if (kind === erasure.name) entities.add(entity);
	});
	return entities;
}

/** The databases in which nothing lies about these households. */
function awayFrom(households: readonly Scope[]): Readable {
	const away = (database: string) => {
		const node = scopeOfDatabase(database);
		return node === undefined || !households.some((household) => isWithin(household, node));
	};
	return { database: away, record: () => true, place: () => true, onward: away };
}
