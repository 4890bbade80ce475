import * as v from 'valibot';
import { stageBody, type Ballot } from '#kinds/convention-stage.ts';
import type { Day } from '#kinds/day.ts';
import { voteOf } from '#kinds/vote.ts';
import { withAncestors } from '#records/ancestry.ts';
import { sameJson, type Hash } from '#records/hash.ts';
import type { Json } from '#records/json.ts';
import type { Revision } from '#records/revision.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';
import { headsOf } from '#records/state-of.ts';
import { castVoteIn, type CastVote } from './cast-votes.ts';
import type { ConventionState } from './convention-state.ts';
import { byTime, writtenIn, type Written } from './written.ts';

/**
 * What became of a ballot. `standing`: it is the one under way, or one of those between which someone must choose.
 * `not-chosen`: two people took different steps, and someone chose the other one. `abandoned`: it was broken off
 * before it was counted. `unknown`: its opening is not held here.
 */
export type BallotEnd =
	| { readonly type: 'standing' | 'not-chosen' | 'abandoned' | 'unknown' }
	| { readonly type: 'counted'; readonly day: Day };

/** A ballot that was opened on a convention, with what was set down in it for each household. */
export interface HeldBallot {
	readonly id: string;
	/** Who opened it; undefined while that is not held here. */
	readonly opened: Written | undefined;
	readonly end: BallotEnd;
	/** As last said for each household, whether or not it counts; several where phones did not see each other's. */
	readonly votes: readonly CastVote[];
	/** Households of whom a vote is here. */
	readonly households: number;
}

/**
 * Every ballot of a convention that its records or votes tell of, the one opened last first. The same for every order
 * of arrival.
 */
export function ballotsOf(
	records: RevisionSet,
	{ entity, id }: Pick<ConventionState, 'entity' | 'id'>
): readonly HeldBallot[] {
	const history = new Map([...records.revisions('convention', entity)].map((one) => [one.hash, stepOf(one)]));
	const steps = [...history.values()].sort((a, b) => byTime(a.revision, b.revision));
	const votes = votesByBallot(records, id);
	const known = new Set([...steps.flatMap(({ ballots }) => [...ballots.keys()]), ...votes.keys()]);
	return [...known]
		.map((ballot): HeldBallot => {
			const opening = steps.find(({ ballots }) => ballots.has(ballot));
			const its = votes.get(ballot) ?? [];
			return {
				id: ballot,
				opened: opening && writtenIn(opening.revision),
				end: endOf(ballot, steps, history),
				votes: its,
				households: new Set(its.map(({ household }) => household)).size
			};
		})
		.sort(openedLastFirst);
}

/** A revision of a convention with its stage and the ballots that the stage tells of. */
interface Step {
	readonly revision: Revision;
	readonly stage: Json | undefined;
	readonly ballots: ReadonlyMap<string, Ballot>;
}

function stepOf(revision: Revision): Step {
	const stage = revision.body?.['stage'];
	const parsed = v.safeParse(stageBody, stage);
	const read = parsed.success ? parsed.output : undefined;
	const own = read && 'ballot' in read ? read.ballot : undefined;
	const ballots: readonly Ballot[] = [own, read?.inForce?.ballot].flatMap((ballot) => ballot ?? []);
	return { revision, stage, ballots: new Map(ballots.map((ballot) => [ballot.id, ballot])) };
}

function endOf(id: string, steps: readonly Step[], history: ReadonlyMap<Hash, Step>): BallotEnd {
	const its = steps.filter(({ ballots }) => ballots.has(id));
	if (its.length === 0) return { type: 'unknown' };
	const after = steps.filter(
		({ revision, ballots }) =>
			revision.body && !ballots.has(id) && parentsOf(revision, history).some((one) => one.ballots.has(id))
	);
	if (after.some((step) => isChosenOver(id, step, history))) return { type: 'not-chosen' };
	const [day] = its.flatMap(({ ballots }) => ballots.get(id)?.result?.day ?? []);
	if (day !== undefined) return { type: 'counted', day };
	return { type: after.length > 0 ? 'abandoned' : 'standing' };
}

/** Whether `step` took what one parent had over the ballot of another, and the one was written without seeing it. */
function isChosenOver(id: string, { revision, stage }: Step, history: ReadonlyMap<Hash, Step>): boolean {
	const parents = parentsOf(revision, history);
	const revisions = new Map([...history].map(([hash, step]) => [hash, step.revision]));
	return parents
		.filter((parent) => !parent.ballots.has(id) && sameJson(parent.stage, stage))
		.some((chosen) => {
			const seen = [...withAncestors(revisions, chosen.revision.hash)].flatMap(
				(hash) => history.get(hash) ?? []
			);
			return parents.some(
				({ stage: left, ballots }) => ballots.has(id) && !seen.some((step) => sameJson(step.stage, left))
			);
		});
}

function parentsOf({ parents }: Revision, history: ReadonlyMap<Hash, Step>): readonly Step[] {
	return parents.flatMap((hash) => history.get(hash) ?? []);
}

/** In the order of the households' paths. */
function votesByBallot(records: RevisionSet, convention: string): ReadonlyMap<string, readonly CastVote[]> {
	const votes = [...records.entities('vote')].flatMap((entity) => {
		const named = entity.includes(`.${convention}-`) ? voteOf(entity) : undefined;
		return named?.convention === convention ? votesAt(records, entity, named) : [];
	});
	const sorted = votes.sort((a, b) => inOrder(a.vote.household, b.vote.household) || byTime(b.vote, a.vote));
	return new Map(
		[...Map.groupBy(sorted, ({ ballot }) => ballot)].map(([ballot, its]) => [
			ballot,
			its.map(({ vote }) => vote)
		])
	);
}

function votesAt(
	records: RevisionSet,
	entity: string,
	{ household, ballot }: { readonly household: Scope; readonly ballot: string }
) {
	return headsOf(records.state('vote', entity)).flatMap((hash) => {
		const revision = records.revision('vote', entity, hash);
		const vote = revision && castVoteIn(revision, household);
		return vote ? [{ ballot, vote }] : [];
	});
}

function openedLastFirst(a: HeldBallot, b: HeldBallot): number {
	if (a.opened && b.opened) return byTime(b.opened, a.opened);
	if (a.opened || b.opened) return a.opened ? -1 : 1;
	return inOrder(a.id, b.id);
}

function inOrder(a: string, b: string): number {
	return a === b ? 0 : a < b ? -1 : 1;
}
