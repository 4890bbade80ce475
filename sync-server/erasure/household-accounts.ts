import { databaseOf } from '#records/database-name.ts';
import type { Scope } from '#records/scope.ts';
import type { Devices } from '../devices/devices.ts';
import type { Cards } from '../join/cards.ts';
import type { Databases } from '../storage/databases.ts';
import { localPrefixOf } from '../storage/local-prefix.ts';
import { bury } from '../storage/tombstones.ts';
import { accountsOf, placesAround } from './household-data.ts';

export interface HouseholdAccountsDeps {
	readonly databases: Databases;
	readonly cards: Cards;
	readonly devices: Devices;
}

/** More than an account may have in a database. */
const maxLocal = 10_000;

/** Ends the household's cards, so that nobody joins any more, not by a request under way either. */
export async function endCards(
	household: Scope,
	by: string,
	{ cards }: HouseholdAccountsDeps
): Promise<void> {
	for (const { id, revoked } of await cards.within(household)) {
		if (!revoked) await cards.revoke(id, by, () => Promise.resolve());
	}
}

/**
 * Deletes the household's accounts, and what is known of those and of others that once joined by its cards. Their
 * devices are told at their next contact to hand over and let go; nothing else is kept of them. How many accounts.
 */
export async function closeAccounts(
	{ household, by, before }: { readonly household: Scope; readonly by: string; readonly before: string },
	deps: HouseholdAccountsDeps
): Promise<number> {
	const { databases, cards, devices } = deps;
	const users = await databases.get('_users');
	if (!users) return 0;
	const accounts = await accountsOf(databases, household);
	const closing = accounts.filter(({ others }) => others.length === 0);
	const own = await cards.within(household);
	const gone = new Set(closing.map(({ name }) => name));
	for (const name of own.flatMap(({ joined }) => joined)) {
		if (!(await users.get(`org.couchdb.user:${name}`)).found) gone.add(name);
	}
	for (const name of gone) {
		await devices.forget(name, { at: before, by });
		await dropLocal(name, household, databases);
	}
	for (const { id } of own) await cards.strip(id);
	for (const { id, others } of accounts.filter((account) => account.others.length > 0)) {
		const found = await users.get(id);
		if (found.found) await users.write([{ ...found.doc, roles: others }], true);
	}
	await bury(
		users,
		closing.map(({ id }) => id)
	);
	return accounts.length;
}

/** The databases that hold what the household's accounts wrote or were sent. */
export function databasesAround(household: Scope): readonly string[] {
	return [...new Set(placesAround(household).map(databaseOf))];
}

/** A replicator's checkpoints. */
async function dropLocal(account: string, household: Scope, databases: Databases): Promise<void> {
	for (const name of databasesAround(household)) {
		const database = await databases.get(name);
		for (const id of (await database?.localIds(localPrefixOf(account), maxLocal)) ?? []) {
			const doc = await database?.getLocal(id);
			if (doc) await database?.removeLocal(doc._id, doc._rev);
		}
	}
}
