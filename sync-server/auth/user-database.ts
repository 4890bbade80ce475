import { conflict } from '../couch-error.ts';
import type { Database } from '../storage/database.ts';
import type { Databases } from '../storage/databases.ts';
import { readAccount, userDocId, type Accounts } from './account.ts';

const usersDatabase = '_users';

/** The accounts of the `_users` database, which is made when there is none. */
export async function accountsIn(databases: Databases): Promise<Accounts> {
	await databases.create(usersDatabase);

	async function users(): Promise<Database> {
		const database = await databases.get(usersDatabase);
		if (!database) throw new Error(`the database ${usersDatabase} is gone`);
		return database;
	}

	return {
		async find(name) {
			const result = await (await users()).get(userDocId(name));
			return result.found ? readAccount(result.doc) : undefined;
		},
		async hasAdmin() {
			const { rows } = await (await users()).allDocs({ include_docs: true });
			return rows.some((row) => {
				const doc = 'doc' in row ? row.doc : undefined;
				return doc ? readAccount(doc)?.roles.includes('_admin') : false;
			});
		},
		async create(doc) {
			const [result] = await (await users()).write([doc], true);
			if (result?.ok) return;
			if (result?.error === 'conflict') throw conflict();
			throw new Error(`cannot write ${doc._id}: ${result?.reason ?? 'no answer'}`);
		}
	};
}
