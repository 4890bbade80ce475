import type { Grant } from '#access/grant.ts';
import type { Day } from '#kinds/day.ts';
import { conventionsIn, type ConventionSummary } from '#read-models/convention-list.ts';
import { conventionState } from '#read-models/convention-state.ts';
import { waitingFor, type Waiting } from '#read-models/convention-waiting.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';

/** A convention in a list: where it is for, and what it waits for from whoever looks at the list. */
export interface ListedConvention {
	readonly summary: ConventionSummary;
	/** Its courtyards, or the whole of its place. */
	readonly places: readonly Scope[];
	readonly waiting: readonly Waiting[];
}

/** What waits for the account first, then what changed last. */
export function listedConventions(
	records: RevisionSet,
	grants: readonly Grant[],
	today: Day
): readonly ListedConvention[] {
	const scopes = grants.map(({ scope }) => scope);
	const listed = conventionsIn(records, scopes).flatMap((summary): readonly ListedConvention[] => {
		const state = conventionState(records, summary.entity);
		if (!state) return [];
		const places = state.read.courtyards ?? [state.scope];
		return [{ summary, places, waiting: waitingFor(records, state, grants, today) }];
	});
	return [
		...listed.filter(({ waiting }) => waiting.length > 0),
		...listed.filter(({ waiting }) => waiting.length === 0)
	];
}
