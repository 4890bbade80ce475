import type { DBCore } from 'dexie';
import type { ZhonggengDatabase } from '#storage/zhonggeng-database.ts';

/** What a faulty disk answers. */
export class DiskFault extends Error {}

/**
 * Makes the database fail at its `step`-th write request (from 1) and at every one after it, as a
 * page that dies there: what came before in the same transaction is rolled back by IndexedDB itself.
 */
export function failingAt(db: ZhonggengDatabase, step: number): ZhonggengDatabase {
	let writes = 0;
	db.use({
		stack: 'dbcore',
		name: 'fault',
		create: (core: DBCore): DBCore => ({
			...core,
			table: (name) => {
				const table = core.table(name);
				return {
					...table,
					mutate: (request) => {
						writes += 1;
						if (writes >= step) return Promise.reject(new DiskFault(`write ${writes} to ${name}`));
						return table.mutate(request);
					}
				};
			}
		})
	});
	return db;
}
