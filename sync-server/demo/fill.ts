import { randomUUID } from 'node:crypto';
import { databaseOf } from '#records/database-name.ts';
import type { Revision } from '#records/revision.ts';
import { userDocId } from '../auth/account.ts';
import { prepareUserDoc } from '../auth/prepare-user-doc.ts';
import { accountsIn } from '../auth/user-database.ts';
import { openDataDir } from '../data-dir.ts';
import { Databases } from '../storage/databases.ts';
import type { DemoAccount, Demonstration } from './demonstration.ts';

const batchSize = 1000;

/**
 * Writes a demonstration into the data folder of a server that has not started yet.
 * @throws Error when the folder does not take something.
 */
export async function fill(
	folder: string,
	{ revisions, accounts }: Demonstration,
	passwordOf: (account: DemoAccount) => string,
	iterations: number
): Promise<void> {
	const dataDir = await openDataDir(folder);
	const databases = await Databases.open(dataDir.databases, {
		newId: () => randomUUID().replaceAll('-', '')
	});
	try {
		const byDatabase = Map.groupBy(revisions, ({ scope }) => databaseOf(scope));
		for (const [name, records] of byDatabase) await fillDatabase(databases, name, records);
		const users = await accountsIn(databases);
		await Promise.all(
			accounts.map(async (account) => {
				const { name, roles } = account;
				const _id = userDocId(name);
				const given = { _id, type: 'user', name, roles, password: passwordOf(account) };
				const change = { stored: undefined, iterations, by: name, at: new Date().toISOString() };
				await users.create({ ...(await prepareUserDoc(given, change)), _id });
			})
		);
	} finally {
		await databases.close();
		dataDir.close();
	}
}

async function fillDatabase(databases: Databases, name: string, records: readonly Revision[]): Promise<void> {
	await databases.create(name);
	const database = await databases.get(name);
	if (!database) throw new Error(`cannot open ${name}`);
	for (let from = 0; from < records.length; from += batchSize) {
		const batch = records.slice(from, from + batchSize).map((record) => ({ ...record }));
		const [failed] = await database.write(batch, false);
		if (failed) throw new Error(`cannot write to ${name}: ${JSON.stringify(failed)}`);
	}
}
