import type { DBCore } from 'dexie';
import type { ZhonggengDatabase } from '#storage/zhonggeng-database.ts';

/** What a faulty disk answers. */
export class DiskFault extends Error {}

/** Calls `hook` before each write request of the database, from 1; when it throws, the request fails. */
export function beforeEachWrite(
	db: ZhonggengDatabase,
	hook: (write: number, table: string) => void
): ZhonggengDatabase {
	let writes = 0;
	return db.use({
		stack: 'dbcore',
		name: 'fault',
		create: (core: DBCore) => ({
			...core,
			table: (name) => {
				const table = core.table(name);
				return {
					...table,
					mutate: async (request) => {
						writes += 1;
						hook(writes, name);
						return table.mutate(request);
					}
				};
			}
		})
	});
}

/**
 * Makes the database fail at its `step`-th write request and at every one after it, as a page that
 * dies there: what came before in the same transaction is rolled back by IndexedDB itself.
 */
export function failingAt(db: ZhonggengDatabase, step: number): ZhonggengDatabase {
	return beforeEachWrite(db, (write, table) => {
		if (write >= step) throw new DiskFault(`write ${write} to ${table}`);
	});
}
