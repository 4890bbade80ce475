import { mayTakeStep, mayWrite } from '#access/rights.ts';
import type { Grant } from '#access/grant.ts';
import type { Day } from '#kinds/day.ts';
import { ratingTopic } from '#kinds/opinion.ts';
import { voteEntity } from '#kinds/vote.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { isWithin, type Scope } from '#records/scope.ts';
import { headsOf } from '#records/state-of.ts';
import { Readings } from './clause-reading.ts';
import { movesFrom, type MoveName } from './convention-moves.ts';
import { notVoted, votersOf } from './convention-voters.ts';
import { openObjections, postingIn } from './convention-opinions.ts';
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
	const voters = new Set(votersOf(state));
	const own = grants.flatMap(({ role, scope }) => (role === 'resident' ? [scope] : []));
	const asked = own
		.filter((household) => isFor(state, household) || voters.has(household))
		.flatMap((household) => ofHousehold(records, state, household, today));
	const staff = grants.filter(({ role }) => role !== 'resident');
	return [
		// Two households of one account may be asked the same.
		...new Map(asked.map((one) => [one.type, one])).values(),
		...(mayWrite(staff, 'convention', state.scope) ? ofWriter(records, state, staff, today) : []),
		...atDoors(records, state, staff, today)
	];
}

function ofHousehold(
	records: RevisionSet,
	state: ConventionState,
	household: Scope,
	today: Day
): readonly Waiting[] {
	const {
		id,
		lines,
		read: { stage }
	} = state;
	if (!stage) return [];
	const said = opinionsOn(records, id).filter(
		(opinion) => opinion.household === household && opinion.status !== 'withdrawn'
	);
	switch (stage.name) {
		case 'collecting':
			return said.some((opinion) => aboutOf(opinion) === 'wish') ? [] : [{ type: 'wish' }];
		case 'deliberating': {
			const readings = new Readings(records, state);
			const answered = lines.every((line) => {
				if (line.type === 'doubt') return true;
				const about = said.find(({ topic }) => topic === line.clause.id);
				return about !== undefined && readings.of(about, line) !== 'changed';
			});
			return answered ? [] : [{ type: 'opinion' }];
		}
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

/** Doubts, objections and steps, of those who write it. */
function ofWriter(
	records: RevisionSet,
	state: ConventionState,
	grants: readonly Grant[],
	today: Day
): readonly Waiting[] {
	const waiting: Waiting[] = [];
	if (state.doubts.length > 0) waiting.push({ type: 'doubts', count: state.doubts.length });
	const objected = objectionsTo(records, state);
	if (objected > 0) waiting.push({ type: 'objections', count: objected });
	const move = movesFrom(records, state, today).find(({ forward }) => forward);
	// Objections say themselves that there is something to deliberate.
	const ready = objected === 0 && move && due.includes(move.name) && move.missing.length === 0;
	if (ready && mayTakeStep(grants, 'convention', move.to, state.scope))
		waiting.push({ type: 'step', move: move.name });
	return waiting;
}

/** Votes to collect, of those who write them down for households; a worker's grid may be a part of the place. */
function atDoors(
	records: RevisionSet,
	state: ConventionState,
	grants: readonly Grant[],
	today: Day
): readonly Waiting[] {
	const { stage } = state.read;
	if (stage?.name !== 'voting' || stage.ballot.result || today > stage.ballot.closes) return [];
	const households = notVoted(records, state).filter((household) => mayWrite(grants, 'vote', household));
	return households.length === 0
		? []
		: [{ type: 'votes', households: households.length, until: stage.ballot.closes }];
}

/** Objections nobody took up: while the text is posted, and those that arrive after it came into force. */
function objectionsTo(records: RevisionSet, state: ConventionState): number {
	const posting = state.read.stage?.name === 'reviewing' ? undefined : postingIn(state);
	return posting ? openObjections(records, state.id, posting).length : 0;
}

/** Whether a household's place is one the convention is for, on the roster or not yet. */
function isFor({ scope, read: { courtyards } }: ConventionState, household: Scope): boolean {
	return (courtyards ?? [scope]).some((place) => isWithin(household, place));
}
