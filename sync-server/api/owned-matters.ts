import { isOwnedBy } from '#access/matter-owner.ts';
import { entityOfScope } from '#kinds/kind.ts';
import type { Scope } from '#records/scope.ts';
import { storedRecords } from '../storage/stored-records.ts';
import type { Database } from '../storage/database.ts';

/** Whether a matter about the place `scope` itself is `account`'s to see to now. */
export async function ownsMatterAt(database: Database, scope: Scope, account: string): Promise<boolean> {
	const records = await storedRecords(database, `matter:${entityOfScope(scope)}.`);
	const here = records.filter((record) => record.scope === scope);
	return [...Map.groupBy(here, ({ entity }) => entity).values()].some((matter) => isOwnedBy(account, matter));
}
