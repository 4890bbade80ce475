import { erasurePlan } from '#read-models/erasure-plan.ts';
import { erasureEntity } from '#kinds/erasure.ts';
import { isPersonal } from '#kinds/personal.ts';
import { databaseOf } from '#records/database-name.ts';
import { seal } from '#records/revision.ts';
import type { Devices } from '../devices/devices.ts';
import type { Cards } from '../join/cards.ts';
import type { Database } from '../storage/database.ts';
import type { Databases } from '../storage/databases.ts';
import { toErasure, type ErasureWork } from './erasure-doc.ts';
import { handedOverAbout } from './handed-over.ts';
import { accountsOf, photoId, recordsAbout, unnamedPhotos } from './household-data.ts';
import { bury } from './tombstones.ts';

export interface ErasingDeps {
	readonly databases: Databases;
	readonly cards: Cards;
	readonly devices: Devices;
	/** Milliseconds since 1970. */
	readonly now: () => number;
}

/** How an erasure goes on: what it is now, written down before anything that comes after. */
type Keep = (work: ErasureWork) => Promise<void>;

/** What comes in while records are taken out is taken out in the next of these. */
const maxRounds = 5;

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
			const plan = work.plan ?? (await planOf(work, deps.databases, round === 0));
			if (plan.remove.length === 0) break;
			await next({ step: 'records', plan });
			await put(home, plan.anew);
			const buried = await bury(home, plan.remove);
			const photos = await bury(home, await unnamedPhotos(home, plan.photos, new Set()));
			work = { ...toErasure(work), records: work.records + buried, photos: work.photos + photos };
			await keep(work);
		}
	}
	if (work.step !== 'accounts' && work.step !== 'disk') await next({ step: 'accounts' });
	if (work.step === 'accounts') {
		const accounts = await closeAccounts(work, deps);
		await endCards(work, deps);
		await dropHandovers(work, deps);
		if (home) await put(home, [recordOf(work)]);
		await next({ step: 'disk', accounts: work.accounts + accounts });
	}
	for (const name of [databaseOf(work.household), '_users', 'handovers', 'erasures']) {
		await (await deps.databases.get(name))?.purge();
	}
	await next({ step: 'done', done: new Date(deps.now()).toISOString() });
}

/** The first time everything there is counts as recorded before, whatever the devices' clocks said. */
async function planOf(
	{ household, by, before }: ErasureWork,
	databases: Databases,
	first: boolean
): Promise<NonNullable<ErasureWork['plan']>> {
	const about = await recordsAbout(databases, household);
	const late = new Set(
		about.filter((record) => first || (record.at <= before && isPersonal(record))).map(keyOf)
	);
	const { remove, anew, photos } = erasurePlan(
		about.filter((record) => late.has(keyOf(record))),
		{ author: by, at: before }
	);
	return {
		remove: remove.map(({ _id }) => _id),
		anew: anew.map((record) => ({ ...record })),
		photos: photos.map(photoId)
	};
}

function keyOf({ kind, entity }: { readonly kind: string; readonly entity: string }): string {
	return `${kind}:${entity}`;
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

/** Their devices are told at their next contact to hand over and let go. */
async function closeAccounts({ household, by }: ErasureWork, deps: ErasingDeps): Promise<number> {
	const { databases, devices } = deps;
	const accounts = await accountsOf(databases, household);
	const users = await databases.get('_users');
	if (!users || accounts.length === 0) return 0;
	const only = accounts.filter(({ others }) => others.length === 0);
	for (const known of await devices.all()) {
		if (only.some(({ name }) => name === known.account))
			await devices.revoke(known.account, known.device, by);
	}
	for (const { id, others } of accounts.filter((account) => account.others.length > 0)) {
		const found = await users.get(id);
		if (found.found) await users.write([{ ...found.doc, roles: others }], true);
	}
	await bury(
		users,
		only.map(({ id }) => id)
	);
	return accounts.length;
}

async function endCards({ household, by }: ErasureWork, { cards }: ErasingDeps): Promise<void> {
	for (const { id, revoked } of await cards.within(household)) {
		if (!revoked) await cards.revoke(id, by, () => Promise.resolve());
	}
}

async function dropHandovers({ household }: ErasureWork, { databases }: ErasingDeps): Promise<void> {
	const database = await databases.get('handovers');
	if (!database) return;
	const { records, photos } = await handedOverAbout(database, household);
	await bury(database, [...records, ...photos]);
}
