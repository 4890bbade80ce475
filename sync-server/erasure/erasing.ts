import { erasurePlan } from '#read-models/erasure-plan.ts';
import { erasureEntity } from '#kinds/erasure.ts';
import { subjectOfId } from '#kinds/kinds.ts';
import { isPersonal } from '#kinds/personal.ts';
import { databaseOf } from '#records/database-name.ts';
import { seal, type Revision } from '#records/revision.ts';
import type { Database } from '../storage/database.ts';
import type { Databases } from '../storage/databases.ts';
import { bury } from '../storage/tombstones.ts';
import { toErasure, type ErasureWork } from './erasure-doc.ts';
import { handedOverAbout } from './handed-over.ts';
import {
	closeAccounts,
	databasesAround,
	endCards,
	type HouseholdAccountsDeps
} from './household-accounts.ts';
import { photoId, recordsAbout, unnamedPhotos } from './household-data.ts';

export interface ErasingDeps extends HouseholdAccountsDeps {
	/** Milliseconds since 1970. */
	readonly now: () => number;
}

/** How an erasure goes on: what it is now, written down before anything that comes after. */
type Keep = (work: ErasureWork) => Promise<void>;

/** What comes in while records are taken out is taken out in the next of these. */
const maxRounds = 5;
/** Where the server itself keeps something about a household. */
const ownDatabases = ['_users', 'devices', 'cards', 'handovers', 'erasures'];

/**
 * Works an erasure off. Each step can be done again: after a crash the step that was under way begins anew, from
 * the plan that was on the disk before it began.
 */
export async function erase(begun: ErasureWork, deps: ErasingDeps, keep: Keep): Promise<void> {
	let work = begun;
	const next = async (change: Partial<ErasureWork>) => {
		work = { ...work, ...change };
		await keep(work);
	};
	const home = await deps.databases.get(databaseOf(work.household));
	if (home && (work.step === 'planned' || work.step === 'records')) {
		for (let round = 0; round < maxRounds; round += 1) {
			const plan = work.plan ?? (await latePlanOf(work, deps.databases));
			if (plan.remove.length === 0) break;
			await next({ step: 'records', plan });
			await put(home, plan.anew);
			const buried = await buryEach(deps.databases, plan.remove);
			const photos = await bury(home, await unnamedPhotos(home, plan.photos, new Set()));
			work = { ...toErasure(work), records: work.records + buried, photos: work.photos + photos };
			await keep(work);
		}
	}
	if (work.step !== 'accounts' && work.step !== 'disk') await next({ step: 'accounts' });
	if (work.step === 'accounts') {
		await endCards(work.household, work.by, deps);
		const accounts = await closeAccounts(work, deps);
		await dropHandovers(work, deps);
		if (home) await put(home, [recordOf(work)]);
		await next({ step: 'disk', accounts: work.accounts + accounts });
	}
	for (const name of [...databasesAround(work.household), ...ownDatabases]) {
		await (await deps.databases.get(name))?.purge();
	}
	await next({ step: 'done', done: new Date(deps.now()).toISOString() });
}

type Plan = NonNullable<ErasureWork['plan']>;
type About = Pick<ErasureWork, 'household' | 'by' | 'before'>;

/**
 * The plan of an erasure that begins: everything there is counts as recorded before, whatever the devices' clocks
 * said.
 */
export async function firstPlanOf(about: About, databases: Databases): Promise<Plan> {
	return planOf(about, await recordsAbout(databases, about.household));
}

/** Of what came in since with personal data of before. What was written after stays. */
async function latePlanOf(about: About, databases: Databases): Promise<Plan> {
	const records = await recordsAbout(databases, about.household);
	const late = new Set(
		records.filter((record) => record.at <= about.before && isPersonal(record)).map(keyOf)
	);
	return planOf(
		about,
		records.filter((record) => late.has(keyOf(record)))
	);
}

function planOf({ by, before }: About, records: readonly Revision[]): Plan {
	const { remove, anew, photos } = erasurePlan(records, { author: by, at: before });
	return {
		remove: remove.map(({ _id }) => _id),
		anew: anew.map((record) => ({ ...record })),
		photos: photos.map(photoId)
	};
}

function keyOf({ kind, entity }: { readonly kind: string; readonly entity: string }): string {
	return `${kind}:${entity}`;
}

/** Each in the database of the place it is about: what is public may lie in one further out. */
async function buryEach(databases: Databases, ids: readonly string[]): Promise<number> {
	let buried = 0;
	const byDatabase = Map.groupBy(ids, (id) => {
		const scope = subjectOfId(id)?.scope;
		return scope && databaseOf(scope);
	});
	for (const [name, own] of byDatabase) {
		const database = name === undefined ? undefined : await databases.get(name);
		if (database) buried += await bury(database, own);
	}
	return buried;
}

async function put(database: Database, records: readonly { readonly _id: string }[]): Promise<void> {
	const [failed] = await database.write(
		records.map((record) => ({ ...record })),
		false
	);
	if (failed && !failed.ok) throw new Error(`cannot write ${failed.id}: ${failed.reason}`);
}

/** That it was done, without the data. */
function recordOf({ id, household, by, before }: ErasureWork) {
	return seal({
		kind: 'erasure',
		entity: erasureEntity(household, id),
		parents: [],
		scope: household,
		author: by,
		device: 'server',
		at: before,
		body: { before }
	});
}

async function dropHandovers({ household }: ErasureWork, { databases }: ErasingDeps): Promise<void> {
	const database = await databases.get('handovers');
	if (!database) return;
	const { records, photos } = await handedOverAbout(database, household);
	await bury(database, [...records, ...photos]);
}
