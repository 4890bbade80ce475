import { mayTakeStep, mayWrite } from '#access/rights.ts';
import type { Grant } from '#access/grant.ts';
import type { Day } from '#kinds/day.ts';
import { ratingTopic } from '#kinds/opinion.ts';
import { voteEntity } from '#kinds/vote.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { toScope, type Scope } from '#records/scope.ts';
import { headsOf } from '#records/state-of.ts';
import { householdsOf } from './convention-list.ts';
import { movesFrom, type MoveName } from './convention-moves.ts';
import { openObjections } from './convention-opinions.ts';
import type { ConventionState } from './convention-state.ts';
import { aboutOf, opinionsOn } from './opinions.ts';

/**
 * What a convention waits for from one person. Of a household: its wish, its opinions, its vote, its rating. Of those
 * who work on it: doubts to settle, objections to settle, votes to collect at the doors, a step that is due.
 */
export type Waiting =
	| { readonly type: 'wish' | 'opinion' | 'rating' }
	| { readonly type: 'vote'; readonly until: Day }
	/** The text stands on the wall and can be objected to. */
	| { readonly type: 'posted'; readonly until: Day }
	| { readonly type: 'doubts' | 'objections'; readonly count: number }
	| { readonly type: 'votes'; readonly households: number; readonly until: Day }
	| { readonly type: 'step'; readonly move: MoveName };

/** Steps that are due by the calendar or by a count; the others people take when they think it is time. */
const due: readonly MoveName[] = ['count-votes', 'post', 'reopen', 'confirm'];

/** In the order in which it should be done; [] where nothing waits for the account with these grants. */
export function waitingFor(
	records: RevisionSet,
	state: ConventionState,
	grants: readonly Grant[],
	today: Day
): readonly Waiting[] {
	const homes = new Set(householdsOf(records, state));
	const voters = new Set(votersOf(state));
	const own = grants.flatMap(({ role, scope }) => (role === 'resident' ? [scope] : []));
	return [
		...own
			.filter((household) => homes.has(household) || voters.has(household))
			.flatMap((household) => ofHousehold(records, state, household, today)),
		...(mayWrite(grants, 'convention', state.scope) ? ofWorker(records, state, grants, today) : [])
	];
}

function ofHousehold(
	records: RevisionSet,
	{ id, read: { stage } }: ConventionState,
	household: Scope,
	today: Day
): readonly Waiting[] {
	if (!stage) return [];
	const said = opinionsOn(records, id).filter(
		(opinion) => opinion.household === household && opinion.status !== 'withdrawn'
	);
	switch (stage.name) {
		case 'collecting':
			return said.some((opinion) => aboutOf(opinion) === 'wish') ? [] : [{ type: 'wish' }];
		case 'deliberating':
			return said.some((opinion) => aboutOf(opinion) === 'clause') ? [] : [{ type: 'opinion' }];
		case 'voting': {
			const { ballot } = stage;
			const entity = voteEntity(household, id, ballot.id);
			const voted = headsOf(records.state('vote', entity)).length > 0;
			return voted || ballot.result || today > ballot.closes ? [] : [{ type: 'vote', until: ballot.closes }];
		}
		case 'posted':
			return today > stage.posting.until ? [] : [{ type: 'posted', until: stage.posting.until }];
		case 'reviewing': {
			const topic = ratingTopic(stage.inForce.version);
			return said.some((opinion) => opinion.topic === topic) ? [] : [{ type: 'rating' }];
		}
		case 'drafting':
		case 'in-force':
			return [];
	}
}

function ofWorker(
	records: RevisionSet,
	state: ConventionState,
	grants: readonly Grant[],
	today: Day
): readonly Waiting[] {
	const { stage } = state.read;
	const waiting: Waiting[] = [];
	if (state.doubts.length > 0) waiting.push({ type: 'doubts', count: state.doubts.length });
	if (stage?.name === 'posted') {
		const count = openObjections(records, state.id, stage.posting.from).length;
		if (count > 0) waiting.push({ type: 'objections', count });
	}
	if (stage?.name === 'voting' && !stage.ballot.result && today <= stage.ballot.closes) {
		const households = votersOf(state).filter((household) => {
			const entity = voteEntity(household, state.id, stage.ballot.id);
			return headsOf(records.state('vote', entity)).length === 0;
		}).length;
		if (households > 0) waiting.push({ type: 'votes', households, until: stage.ballot.closes });
	}
	const move = movesFrom(records, state, today).find(({ forward }) => forward);
	const ready = move && due.includes(move.name) && move.missing.length === 0;
	if (ready && mayTakeStep(grants, 'convention', move.to, state.scope))
		waiting.push({ type: 'step', move: move.name });
	return waiting;
}

/** The households that may vote in the present ballot. */
function votersOf({ scope, read: { stage } }: ConventionState): readonly Scope[] {
	return stage?.name === 'voting' ? stage.ballot.voters.map((path) => toScope(`${scope}/${path}`)) : [];
}
