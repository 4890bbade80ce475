import { withAncestors } from '#records/ancestry.ts';
import { sameJson, type Hash } from '#records/hash.ts';
import type { MergePolicy } from '#records/merge-policy.ts';
import type { Revision } from '#records/revision.ts';
import { headsOf, stateOf, type EntityState } from '#records/state-of.ts';

/** The entity as it was for someone who saw the heads `seen`, of all that is known of it now. */
export function stateAsSeen(
	now: EntityState,
	revisions: Iterable<Revision>,
	seen: readonly Hash[],
	policy: MergePolicy
): EntityState {
	if (sameJson(seen, headsOf(now))) return now;
	const history = new Map([...revisions].map((revision) => [revision.hash, revision]));
	const before = new Set(seen.flatMap((hash) => [...withAncestors(history, hash)]));
	return stateOf(
		[...history.values()].filter(({ hash }) => before.has(hash)),
		policy
	);
}
