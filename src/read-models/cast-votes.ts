import * as v from 'valibot';
import { dayAt } from '#kinds/day.ts';
import type { Ballot } from '#kinds/convention-stage.ts';
import type { Signature } from '#kinds/signature.ts';
import { voteBody, type VoteChoice } from '#kinds/vote.ts';
import { withAncestors, type History } from '#records/ancestry.ts';
import type { Hash } from '#records/hash.ts';
import type { Revision } from '#records/revision.ts';
import type { Scope } from '#records/scope.ts';
import { byTime, writtenIn, type Written } from './written.ts';

/** A vote as someone set it down: whose, what, by whom, when and on which phone. */
export interface CastVote extends Written {
	readonly household: Scope;
	readonly choice: VoteChoice;
	readonly signature?: Signature | undefined;
}

/**
 * Why a vote is not counted: recorded on a day after the last one; left out by the result though it was recorded
 * before the count, whether or not who counted had it; recorded after the count; what an erasure left of one, counted
 * or not; on another text; of a household that may not vote.
 */
export type Uncounted = 'day' | 'left-out' | 'closed' | 'erased' | 'text' | 'voter';

export interface ApartVote extends CastVote {
	readonly why: Uncounted;
}

/** All that was set down for one household in one ballot. */
export interface HouseholdVotes {
	/** The vote that counts, if it is held here. */
	readonly counts: CastVote | undefined;
	/** Made on other phones without seeing the one that counts. What came last first, as all lists here. */
	readonly beside: readonly CastVote[];
	/** Given earlier, and changed by someone who had seen them. */
	readonly before: readonly CastVote[];
	readonly apart: readonly ApartVote[];
	/** Named by the result though they should not have been counted. */
	readonly wrong: readonly CastVote[];
	/** Of what is held and was recorded before the count or named by it, the one that should count. */
	readonly due: CastVote | undefined;
}

/** What is known of a household before its votes are read. */
export interface Voter {
	readonly household: Scope;
	readonly entitled: boolean;
	/** Its personal data was erased: what is left of a signed vote has another hash. */
	readonly erased: boolean;
}

/** A ballot, with the instant at which its result was written; undefined: there is none, or its writing is not held. */
export interface Counting {
	readonly ballot: Ballot;
	readonly countedAt: string | undefined;
}

/**
 * Which of a household's votes counts. One changed by someone who had seen it has given way; of those made without
 * seeing each other the one recorded last counts, then the one of the greater hash; nobody can count twice. Once
 * the ballot is closed, what its result names counts, whatever arrives later. The same for every order of `revisions`.
 */
export function votesOf(
	revisions: Iterable<Revision>,
	voter: Voter,
	{ ballot, countedAt }: Counting
): HouseholdVotes {
	const history = new Map([...revisions].map((revision) => [revision.hash, revision]));
	const heard = [...history.values()]
		.flatMap((revision) => heardIn(revision, voter, ballot) ?? [])
		.sort((a, b) => byTime(b.revision, a.revision));
	const sound = heard.filter(({ why }) => why === undefined);
	const apart = heard.flatMap(({ vote, why }) => (vote && why ? [{ ...vote, why }] : []));
	const named = new Set(ballot.result?.votes);
	const counted = votesIn(heard).filter(({ hash }) => named.has(hash));
	const [first] = votesIn(sound).filter(({ hash }) => named.has(hash));
	const wrong = counted.filter((vote) => vote !== first);
	const tips = tipsOf(sound, history);
	const takenBack = first === undefined && tips[0]?.vote === undefined;
	if (ballot.result && !takenBack) {
		const before = (at: string) => countedAt !== undefined && at < countedAt;
		const known = sound.filter(({ revision: { hash, at } }) => before(at) || named.has(hash));
		const [due] = tipsOf(known, history);
		return { ...asCounted(sound, first, history, { voter, before }, apart), wrong, due: due?.vote };
	}
	return {
		counts: tips[0]?.vote,
		beside: votesIn(tips.slice(1)),
		before: votesIn(sound.filter((one) => !tips.includes(one))),
		apart,
		wrong,
		due: tips[0]?.vote
	};
}

/** Undefined where the record takes the vote back, or is none that can be read. */
export function castVoteIn(revision: Revision, household: Scope): CastVote | undefined {
	const parsed = v.safeParse(voteBody, revision.body);
	if (!parsed.success) return undefined;
	const { choice, signature } = parsed.output;
	return { household, choice, signature, ...writtenIn(revision) };
}

/** A record about a vote; without `vote`, one that took it back. */
interface Heard {
	readonly revision: Revision;
	readonly vote: CastVote | undefined;
	readonly why: Uncounted | undefined;
}

function heardIn(revision: Revision, { household, entitled }: Voter, ballot: Ballot): Heard | undefined {
	const { at, body } = revision;
	const late = dayAt(new Date(at)) > ballot.closes;
	if (body === null)
		return entitled ? { revision, vote: undefined, why: late ? 'day' : undefined } : undefined;
	const vote = castVoteIn(revision, household);
	if (!vote) return undefined;
	if (!entitled) return { revision, vote, why: 'voter' };
	if (body['text'] !== ballot.text) return { revision, vote, why: 'text' };
	return { revision, vote, why: late ? 'day' : undefined };
}

/** Those that no other of them was built on, were it by way of others. */
function tipsOf(sound: readonly Heard[], history: History): readonly Heard[] {
	const gone = new Set<Hash>();
	for (const { revision } of sound)
		for (const hash of withAncestors(history, revision.hash)) if (hash !== revision.hash) gone.add(hash);
	return sound.filter(({ revision }) => !gone.has(revision.hash));
}

function asCounted(
	sound: readonly Heard[],
	counts: CastVote | undefined,
	history: History,
	about: { readonly voter: Voter; readonly before: (at: string) => boolean },
	apart: readonly ApartVote[]
): Omit<HouseholdVotes, 'wrong' | 'due'> {
	const seen = counts ? withAncestors(history, counts.hash) : new Set<Hash>();
	const others = votesIn(sound).filter(({ hash }) => hash !== counts?.hash);
	const before = others.filter(({ hash }) => seen.has(hash));
	// Known to who counted, it would have counted.
	const unknown = others.filter(
		(vote) =>
			!seen.has(vote.hash) &&
			(!counts || byTime(vote, counts) > 0 || withAncestors(history, vote.hash).has(counts.hash))
	);
	const beside = others.filter((vote) => !before.includes(vote) && !unknown.includes(vote));
	const why = ({ at }: CastVote): Uncounted => {
		if (about.voter.erased && !counts) return 'erased';
		return about.before(at) ? 'left-out' : 'closed';
	};
	const all = [...apart, ...unknown.map((vote) => ({ ...vote, why: why(vote) }))];
	return { counts, beside, before, apart: all.sort((a, b) => byTime(b, a)) };
}

function votesIn(heard: readonly Heard[]): readonly CastVote[] {
	return heard.flatMap(({ vote }) => vote ?? []);
}
