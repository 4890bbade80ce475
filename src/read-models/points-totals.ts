import type { Month } from '#kinds/day.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { parentScope, type Scope } from '#records/scope.ts';
import { householdsIn } from './places.ts';
import { pointsIn } from './points.ts';

/** 活力值 of a courtyard: what its households earned together, and how many of them earned anything. */
export interface CourtyardPoints {
	readonly courtyard: Scope;
	/** On the roster now. */
	readonly households: number;
	readonly earning: number;
	readonly total: number;
}

/** By path, every courtyard within `within` that has a household on the roster or earned something in `months`. */
export function courtyardPoints(
	records: RevisionSet,
	within: readonly Scope[],
	months: readonly Month[]
): readonly CourtyardPoints[] {
	const living = Map.groupBy(householdsIn(records, within), ({ courtyard }) => courtyard);
	const earned = Map.groupBy(pointsIn(records, within, months), ({ household }) => parentScope(household));
	const courtyards = [...living.keys(), ...earned.keys()].filter((courtyard) => courtyard !== undefined);
	return [...new Set(courtyards)].sort().map((courtyard) => {
		const counted = (earned.get(courtyard) ?? []).filter(({ total }) => total > 0);
		return {
			courtyard,
			households: living.get(courtyard)?.length ?? 0,
			earning: new Set(counted.map(({ household }) => household)).size,
			total: counted.reduce((sum, { total }) => sum + total, 0)
		};
	});
}
