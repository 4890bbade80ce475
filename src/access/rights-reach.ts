import { entityOfScope } from '#kinds/kind.ts';
import { belongsIn } from './rights.ts';
import { databaseOf } from '#records/database-name.ts';
import { isWithin, parentScope, type Scope } from '#records/scope.ts';
import type { Grant } from './grant.ts';
import { hasRight, holderOf, tabledKinds } from './rights-table.ts';

/**
 * Records of a kind that lie in one database and may be read: about `scope`, and, unless `only`, about all
 * within it.
 */
export type Reach = {
	readonly kind: string;
	readonly scope: Scope;
	readonly only: boolean;
};

/** Ids from `from` to `to`, both included, in the order of their characters. */
export interface IdRange {
	readonly from: string;
	readonly to: string;
}

/**
 * What these grants let an account read in the database of `node`, in an order that does not depend on theirs:
 * two accounts with the same reach see the same.
 */
export function reachIn(grants: readonly Grant[], node: Scope): readonly Reach[] {
	const reaches = tabledKinds.flatMap((kind) => grants.flatMap((grant) => reachOf(grant, kind, node)));
	const byKey = new Map(reaches.map((reach) => [JSON.stringify(reach), reach]));
	return [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, reach]) => reach);
}

function reachOf(grant: Grant, kind: string, node: Scope): readonly Reach[] {
	const holder = holderOf(grant);
	const here = (scope: Scope) => belongsIn(databaseOf(node), scope);
	const within = isWithin(node, grant.scope) ? node : grant.scope;
	return [
		...(hasRight(holder, kind, 'r') && here(within) ? [{ kind, scope: within, only: false }] : []),
		...(hasRight(holder, kind, 'a')
			? placesAbove(grant.scope)
					.filter(here)
					.map((scope) => ({ kind, scope, only: true }))
			: [])
	];
}

/**
 * The ids among which all records within a reach are. In between there may be others: `mayReadId` says which.
 * An entity's key is a place, or begins with one: after it comes `:` or `.`.
 */
export function idRanges({ kind, scope }: Reach): readonly [IdRange, IdRange] {
	const place = `${kind}:${entityOfScope(scope)}`;
	return [
		{ from: `${place}.`, to: `${place}/` },
		{ from: `${place}:`, to: `${place};` }
	];
}

function placesAbove(scope: Scope): readonly Scope[] {
	const parent = parentScope(scope);
	return parent === undefined ? [] : [parent, ...placesAbove(parent)];
}
