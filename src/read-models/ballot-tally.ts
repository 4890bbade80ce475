import * as v from 'valibot';
import type { Day } from '#kinds/day.ts';
import { stageBody, type Ballot, type VoteResult } from '#kinds/convention-stage.ts';
import { conventionOf } from '#kinds/convention.ts';
import { atLeast, passes, votesGiven, type VoteCount } from '#kinds/pass-rule.ts';
import { voteChoices, voteEntity, voteOf } from '#kinds/vote.ts';
import { keyedEntityOf } from '#kinds/kind.ts';
import { sameJson } from '#records/hash.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { childScope, type Scope } from '#records/scope.ts';
import { votesOf, type ApartVote, type CastVote, type HouseholdVotes } from './cast-votes.ts';
import { byTime } from './written.ts';

/** Where one household that may vote stands. */
export interface VoterLine extends Omit<HouseholdVotes, 'apart' | 'wrong' | 'due'> {
	readonly household: Scope;
}

/**
 * A ballot as it stands by what is held here; once closed, as it was counted. Explains itself: who may vote, who did,
 * what is needed, what came out.
 */
export interface Tally {
	readonly ballot: Ballot;
	/** Households that may vote, in the order of their paths. */
	readonly voters: readonly VoterLine[];
	/** Votes that count, one a household; of a closed ballot those of its result. */
	readonly count: VoteCount;
	readonly given: number;
	/** Households that must vote at least. */
	readonly turnoutNeeded: number;
	/** Of the votes given so many must agree at least. */
	readonly agreeNeeded: number;
	/** Whether it passes with these votes. */
	readonly passed: boolean;
	/** Votes held here that do not count, what was recorded last first. */
	readonly apart: readonly ApartVote[];
	/** Votes that the result counts and that are not held here, but for those erased: not to be checked. */
	readonly elsewhere: number;
	/** Votes that the result counts and of which an erasure left the choice under another hash. */
	readonly erased: number;
	/** What the votes held here say against the result; undefined when nothing does. */
	readonly against: AgainstResult | undefined;
}

export interface AgainstResult {
	/** What should have been counted of the votes held here. */
	readonly held: VoteCount;
	readonly wrong: readonly CastVote[];
	/** Recorded before the count and left out by it; who counted cannot have had what was not delivered. */
	readonly leftOut: readonly ApartVote[];
}

/** The same on every device that holds the same votes, in whatever order they arrived. */
export function tallyOf(
	records: RevisionSet,
	convention: { readonly entity: string; readonly scope: Scope },
	ballot: Ballot
): Tally {
	const id = conventionOf(convention.entity)?.id ?? '';
	const households = ballot.voters.map((path) => scopeUnder(convention.scope, path));
	const gone = erasedHouseholds(records);
	const counting = { ballot, countedAt: countedAt(records, convention.entity, ballot) };
	const votes = (household: Scope, entitled: boolean) =>
		votesOf(
			records.revisions('vote', voteEntity(household, id, ballot.id)),
			{ household, entitled, erased: gone.has(household) },
			counting
		);
	const voters = households.map((household) => ({ household, ...votes(household, true) }));
	const others = othersIn(records, id, ballot.id, new Set(households)).map((one) => votes(one, false));

	const held = countOf(voters.flatMap(({ counts }) => counts ?? []));
	const count = ballot.result ?? held;
	const { agree, disagree, abstain } = count;
	const given = votesGiven(count);
	const wrong = [...voters, ...others].flatMap((one) => one.wrong);
	const apart = [...voters, ...others].flatMap((one) => one.apart).sort((a, b) => byTime(b, a));
	const notHeld = ballot.result ? given - votesGiven(held) - wrong.length : 0;
	const left = new Set(apart.flatMap(({ why, household }) => (why === 'erased' ? [household] : [])));
	const erased = Math.min(left.size, notHeld);
	return {
		ballot,
		voters: voters.map(({ household, counts, beside, before }) => ({ household, counts, beside, before })),
		count: { agree, disagree, abstain },
		given,
		turnoutNeeded: atLeast(ballot.rule.turnout, ballot.voters.length),
		agreeNeeded: atLeast(ballot.rule.agree, given),
		passed: passes(ballot.rule, ballot.voters.length, count),
		apart,
		elsewhere: notHeld - erased,
		erased,
		against: againstResult(count, {
			held: countOf(voters.flatMap(({ due }) => due ?? [])),
			wrong,
			leftOut: apart.filter(({ why }) => why === 'left-out')
		})
	};
}

function againstResult(count: VoteCount, against: AgainstResult): AgainstResult | undefined {
	const { held, wrong, leftOut } = against;
	const fits = voteChoices.every((choice) => held[choice] <= count[choice]);
	return fits && wrong.length === 0 && leftOut.length === 0 ? undefined : against;
}

/** By the clock of the device that wrote the result first. */
function countedAt(records: RevisionSet, entity: string, { id, result }: Ballot): string | undefined {
	if (!result) return undefined;
	const [first] = [...records.revisions('convention', entity)]
		.flatMap(({ body, at }) => {
			const stage = v.safeParse(stageBody, body?.['stage']);
			if (!stage.success || stage.output.name !== 'voting') return [];
			const { ballot } = stage.output;
			return ballot.id === id && ballot.result && sameJson({ ...ballot.result }, { ...result }) ? [at] : [];
		})
		.sort();
	return first;
}

/** What is written when the votes are counted. A ballot that was counted keeps its result. */
export function closing({ ballot, voters, count, passed }: Tally, today: Day): VoteResult {
	const votes = voters.flatMap(({ counts }) => counts?.hash ?? []).sort();
	return ballot.result ?? { day: today, votes, ...count, passed };
}

function countOf(votes: readonly CastVote[]): VoteCount {
	const of = (choice: CastVote['choice']) => votes.filter((vote) => vote.choice === choice).length;
	return { agree: of('agree'), disagree: of('disagree'), abstain: of('abstain') };
}

/** Households that voted in this ballot and are not among its voters. */
function othersIn(
	records: RevisionSet,
	convention: string,
	ballot: string,
	voters: ReadonlySet<Scope>
): readonly Scope[] {
	const key = `.${convention}-${ballot}`;
	return [...records.entities('vote')]
		.filter((entity) => entity.endsWith(key))
		.flatMap((entity) => voteOf(entity)?.household ?? [])
		.filter((household) => !voters.has(household))
		.sort();
}

function erasedHouseholds(records: RevisionSet): ReadonlySet<Scope> {
	return new Set([...records.entities('erasure')].flatMap((entity) => keyedEntityOf(entity)?.scope ?? []));
}

function scopeUnder(outer: Scope, path: string): Scope {
	return path.split('/').reduce(childScope, outer);
}
