import type { Ballot, Stage } from '#kinds/convention-stage.ts';
import { voteEntity } from '#kinds/vote.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { toScope, type Scope } from '#records/scope.ts';
import { headsOf } from '#records/state-of.ts';
import type { ConventionState } from './convention-state.ts';

/** The households that may vote in the present ballot; [] where none is open or counted. */
export function votersOf({
	scope,
	read: { stage }
}: Pick<ConventionState, 'scope' | 'read'>): readonly Scope[] {
	return stage?.name === 'voting' ? stage.ballot.voters.map((path) => toScope(`${scope}/${path}`)) : [];
}

/** Of those, the ones of whom no vote is here. */
export function notVoted(
	records: RevisionSet,
	state: Pick<ConventionState, 'id' | 'scope' | 'read'>
): readonly Scope[] {
	const { stage } = state.read;
	if (stage?.name !== 'voting') return [];
	return votersOf(state).filter((household) => {
		const entity = voteEntity(household, state.id, stage.ballot.id);
		return headsOf(records.state('vote', entity)).length === 0;
	});
}

/**
 * The ballot that a stage is about or came from: the one under way or just counted, else the one by which the
 * version in force was adopted.
 */
export function ballotIn(stage: Stage): Ballot | undefined {
	const own = 'ballot' in stage ? stage.ballot : undefined;
	return own ?? stage.inForce?.ballot;
}
