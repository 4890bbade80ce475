import type { Scope } from '#records/scope.ts';
import type { Directory } from './directory.ts';
import type { LocatedRow } from './locate.ts';

export interface MissingPlace {
	readonly scope: Scope;
	readonly level: 'community' | 'grid' | 'courtyard';
	readonly name: string;
}

/** The places that the rows lie in and that are not there, from the outside in. */
export function missingPlaces(rows: readonly LocatedRow[], directory: Directory): readonly MissingPlace[] {
	return (['community', 'grid', 'courtyard'] as const).flatMap((level) =>
		[...Map.groupBy(rows, (row) => row[level])]
			.filter(([scope]) => !directory.known(scope)?.body)
			.sort(byScope)
			.map(([scope, within]) => ({ scope, level, name: usualName(within.map(({ row }) => row[level])) }))
	);
}

/** The spelling most rows use, so that the order of rows does not matter. */
function usualName(names: readonly string[]): string {
	const counts = [...Map.groupBy(names, (name) => name)].map(([name, same]) => ({
		name,
		count: same.length
	}));
	const [usual] = counts.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
	return usual?.name ?? '';
}

function byScope([a]: readonly [Scope, unknown], [b]: readonly [Scope, unknown]): number {
	return a < b ? -1 : 1;
}
