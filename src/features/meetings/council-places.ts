import { mayTakeStep, mayWrite } from '#access/rights.ts';
import type { Grant } from '#access/grant.ts';
import { placeName, placesIn, type Place } from '#read-models/places.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { levelOf, type Level } from '#records/scope.ts';

/** Levels that have a council, from the widest. */
export const councilLevels = ['subdistrict', 'community', 'courtyard'] as const satisfies readonly Level[];
export type CouncilLevel = (typeof councilLevels)[number];

/** Where the account may call a council: its courtyards, communities and subdistrict, named or not. */
export function councilPlaces(records: RevisionSet, grants: readonly Grant[]): readonly Place[] {
	const scopes = grants.map(({ scope }) => scope);
	const named = placesIn(records, scopes);
	const own = scopes.filter((scope) => named.every((place) => place.scope !== scope));
	const all = [
		...named,
		...own.map((scope) => ({ scope, level: levelOf(scope), name: placeName(records, scope) }))
	];
	return all.filter(
		({ scope, level }) =>
			isCouncilLevel(level) &&
			mayWrite(grants, 'meeting', scope) &&
			mayTakeStep(grants, 'meeting', 'announced', scope)
	);
}

export function isCouncilLevel(level: Level): level is CouncilLevel {
	return councilLevels.some((each) => each === level);
}
