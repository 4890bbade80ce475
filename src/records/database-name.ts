import { isScope, scopeAt, type Scope } from './scope.ts';

/**
 * The database that holds a scope's records: one for the subdistrict, one a community, one a grid.
 * What lies within a grid is kept in the grid's: `qianmen/caochang/g3/c12` → `zg-qianmen-caochang-g3`.
 */
export function databaseOf(scope: Scope): string {
	return `zg-${(scopeAt(scope, 'grid') ?? scope).replaceAll('/', '-')}`;
}

/** The scope node a database belongs to, or undefined when the name is not of a scope database. */
export function scopeOfDatabase(name: string): Scope | undefined {
	if (!name.startsWith('zg-')) return undefined;
	const path = name.slice('zg-'.length).replaceAll('-', '/');
	return isScope(path) && databaseOf(path) === name ? path : undefined;
}
