import * as v from 'valibot';
import { isHash, type Hash } from '#records/hash.ts';
import { addDays, isDay, type Day } from './day.ts';
import { brokenId } from './keyed-kind.ts';
import { passes, passRule, votesGiven, type PassRule } from './pass-rule.ts';
import { shortText } from './text.ts';

/** 征集, 起草, 协商, 表决, 公示, 生效, 评估修订. */
export const stageNames = [
	'collecting',
	'drafting',
	'deliberating',
	'voting',
	'posted',
	'in-force',
	'reviewing'
] as const;
export type StageName = (typeof stageNames)[number];

/** A text that passed is posted for so many days before it comes into force. */
export const postingDays = 7;
/** A convention is a courtyard's or some courtyards' own; a vote of more households is another matter. */
export const maxVoters = 1000;

const day = v.custom<Day>(isDay, 'not a day');
const hash = v.custom<Hash>(isHash, 'not a hash');
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(maxVoters));

function sortedSet<const Item extends v.GenericSchema<unknown, string>>(item: Item, max: number) {
	return v.pipe(
		v.array(item),
		v.maxLength(max),
		v.check((all) => all.every((one, index) => index === 0 || String(all[index - 1]) < one), 'not sorted')
	);
}

/** What was counted when the vote was closed. It stands as it was counted, whatever arrives later. */
const voteResult = v.strictObject({
	day,
	/** Hashes of the votes that counted, one a household. Sorted. */
	votes: sortedSet(hash, maxVoters),
	agree: count,
	disagree: count,
	abstain: count,
	passed: v.boolean()
});
export type VoteResult = v.InferOutput<typeof voteResult>;

const ballotFields = {
	/** 8 to 32 of a-z and 0-9, by chance: votes name it. */
	id: v.pipe(
		v.string(),
		v.check((id) => brokenId(id) === undefined, 'not an id')
	),
	/** The revision of this convention whose text is voted on. */
	text: hash,
	/** Households that may vote, as paths within the convention's scope: `h04`, `c12/h04`. Sorted. */
	voters: v.pipe(
		sortedSet(v.pipe(v.string(), v.regex(/^[a-z0-9_]{1,32}(?:\/[a-z0-9_]{1,32}){0,3}$/)), maxVoters),
		v.minLength(1)
	),
	rule: passRule,
	opens: day,
	/** The last day on which a vote can be given or changed. */
	closes: day
};
const openBallot = v.pipe(
	v.strictObject({ ...ballotFields, result: v.exactOptional(voteResult) }),
	v.check((ballot) => opensFirst(ballot), 'closes before it opens'),
	v.check((ballot) => isCountedRight(ballot), 'counted wrong')
);
const closedBallot = v.pipe(
	v.strictObject({ ...ballotFields, result: voteResult }),
	v.check((ballot) => opensFirst(ballot), 'closes before it opens'),
	v.check((ballot) => isCountedRight(ballot), 'counted wrong')
);
const passedBallot = v.pipe(
	closedBallot,
	v.check(({ result }) => result.passed, 'has not passed')
);

/** A vote on one text: 表决. */
export type Ballot = v.InferOutput<typeof openBallot>;

const posting = v.pipe(
	v.strictObject({ from: day, until: day }),
	v.check(
		({ from, until }) => until >= addDays(from, postingDays),
		`posted for less than ${postingDays} days`
	)
);
/** 公示: up to and including `until`. */
export type Posting = v.InferOutput<typeof posting>;

const inForce = v.pipe(
	v.strictObject({
		version: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(999)),
		since: day,
		ballot: passedBallot,
		posting
	}),
	v.check(({ since, posting }) => since > posting.until, 'in force before its posting ended')
);
/** 生效: the version that binds, and how it came about. Its text is its ballot's. */
export type InForce = v.InferOutput<typeof inForce>;

/** While the next version is made, the one before stays in force. */
const before = { inForce: v.exactOptional(inForce) };

/**
 * Where a convention stands, with all that goes with it. It merges as one: two people who took different steps
 * leave a doubt.
 */
export const stageBody = v.variant('name', [
	v.strictObject({ name: v.literal('collecting'), ...before }),
	v.strictObject({ name: v.literal('drafting'), ...before }),
	v.strictObject({
		name: v.literal('deliberating'),
		/** Why it is deliberated again: the vote failed, someone objected. */
		because: v.exactOptional(shortText),
		/** The vote that did not pass, or whose text was objected to. */
		ballot: v.exactOptional(closedBallot),
		...before
	}),
	v.strictObject({ name: v.literal('voting'), ballot: openBallot, ...before }),
	v.strictObject({ name: v.literal('posted'), ballot: passedBallot, posting, ...before }),
	v.strictObject({ name: v.literal('in-force'), inForce }),
	v.strictObject({ name: v.literal('reviewing'), since: day, inForce })
]);
export type Stage = v.InferOutput<typeof stageBody>;

interface Counted {
	readonly voters: readonly string[];
	readonly rule: PassRule;
	readonly result?: VoteResult | undefined;
}

function isCountedRight({ voters, rule, result }: Counted): boolean {
	return (
		result === undefined ||
		(result.votes.length === votesGiven(result) &&
			result.votes.length <= voters.length &&
			result.passed === passes(rule, voters.length, result))
	);
}

function opensFirst({ opens, closes }: { readonly opens: Day; readonly closes: Day }): boolean {
	return opens <= closes;
}
