import { databaseOf } from '#records/database-name.ts';
import { isWithin, type Scope } from '#records/scope.ts';
import type { Grant, Role } from './grant.ts';

/** The kinds each role writes within its scope. */
const writes: Readonly<Record<Role, readonly string[]>> = {
	office: ['area', 'courtyard', 'household', 'check-in'],
	worker: ['check-in']
};

/** Whether the grants let an account read the database of `node`: its own, all within, and the ones above. */
export function mayReadNode(grants: readonly Grant[], node: Scope): boolean {
	return grants.some(({ scope }) => isWithin(node, scope) || isWithin(scope, node));
}

/** Whether the grants let an account write a record of `kind` about `scope`. */
export function mayWrite(grants: readonly Grant[], kind: string, scope: Scope): boolean {
	return grants.some((grant) => writes[grant.role].includes(kind) && isWithin(scope, grant.scope));
}

/** Whether the grants let an account open a new database for the area `node`: its office may. */
export function mayOpenNode(grants: readonly Grant[], node: Scope): boolean {
	return grants.some(({ role, scope }) => role === 'office' && isWithin(node, scope));
}

/** Whether a record about `scope` belongs into `database`. */
export function belongsIn(database: string, scope: Scope): boolean {
	return databaseOf(scope) === database;
}
