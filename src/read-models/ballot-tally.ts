import type { Day } from '#kinds/day.ts';
import type { Ballot, VoteResult } from '#kinds/convention-stage.ts';
import { conventionOf } from '#kinds/convention.ts';
import { atLeast, passes, votesGiven, type VoteCount } from '#kinds/pass-rule.ts';
import { voteChoices, voteEntity, voteOf } from '#kinds/vote.ts';
import { keyedEntityOf } from '#kinds/kind.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { childScope, type Scope } from '#records/scope.ts';
import { votesOf, type ApartVote, type CastVote, type HouseholdVotes } from './cast-votes.ts';

/** Where one household that may vote stands. */
export interface VoterLine extends Omit<HouseholdVotes, 'apart' | 'wrong'> {
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
	/** Votes that the result counts and that are not held here: erased, or not for this account to read. */
	readonly elsewhere: number;
	/** What the votes held here say against the result; undefined when nothing does. */
	readonly against: { readonly held: VoteCount; readonly wrong: readonly CastVote[] } | undefined;
}

/** The same on every device that holds the same votes, in whatever order they arrived. */
export function tallyOf(
	records: RevisionSet,
	convention: { readonly entity: string; readonly scope: Scope },
	ballot: Ballot
): Tally {
	const id = conventionOf(convention.entity)?.id ?? '';
	const households = ballot.voters.map((path) => scopeUnder(convention.scope, path));
	const erased = erasedHouseholds(records);
	const votes = (household: Scope, entitled: boolean) =>
		votesOf(
			records.revisions('vote', voteEntity(household, id, ballot.id)),
			{ household, entitled, erased: erased.has(household) },
			ballot
		);
	const voters = households.map((household) => ({ household, ...votes(household, true) }));
	const others = othersIn(records, id, ballot.id, new Set(households)).map((one) => votes(one, false));

	const held = countOf(voters.flatMap(({ counts }) => counts ?? []));
	const count = ballot.result ?? held;
	const { agree, disagree, abstain } = count;
	const given = votesGiven(count);
	const wrong = [...voters, ...others].flatMap((one) => one.wrong);
	const elsewhere = ballot.result ? given - votesGiven(held) - wrong.length : 0;
	return {
		ballot,
		voters: voters.map(({ household, counts, beside, before }) => ({ household, counts, beside, before })),
		count: { agree, disagree, abstain },
		given,
		turnoutNeeded: atLeast(ballot.rule.turnout, ballot.voters.length),
		agreeNeeded: atLeast(ballot.rule.agree, given),
		passed: passes(ballot.rule, ballot.voters.length, count),
		apart: [...voters, ...others].flatMap(({ apart }) => apart).sort(lastFirst),
		elsewhere,
		against:
			wrong.length > 0 || voteChoices.some((choice) => held[choice] > count[choice])
				? { held, wrong }
				: undefined
	};
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

function lastFirst(a: ApartVote, b: ApartVote): number {
	if (a.at !== b.at) return a.at < b.at ? 1 : -1;
	return a.hash < b.hash ? 1 : -1;
}
