import { withAncestors } from '#records/ancestry.ts';
import type { Hash } from '#records/hash.ts';
import type { Json } from '#records/json.ts';
import type { MergePolicy } from '#records/merge-policy.ts';
import type { Revision } from '#records/revision.ts';
import { stateOf, type EntityState } from '#records/state-of.ts';

/** How an entity stood for someone who had seen `parents` and all before them. */
export function stateAt(
	parents: readonly Hash[],
	before: readonly Revision[],
	policy: MergePolicy
): EntityState {
	const history = new Map(before.map((revision) => [revision.hash, revision]));
	const seen = new Set(parents.flatMap((parent) => [...withAncestors(history, parent)]));
	return stateOf(
		before.filter(({ hash }) => seen.has(hash)),
		policy
	);
}

/** What stands in a field: more than one value in doubt, none of what is not there. */
export function standingIn(
	path: string,
	state: EntityState,
	policy: MergePolicy
): readonly (Json | undefined)[] {
	if (state.status !== 'present') return [];
	const doubt = state.doubts.find((each) => each.path === path);
	return doubt ? doubt.candidates.map(({ value }) => value) : [policy.split(state.body).get(path)];
}
