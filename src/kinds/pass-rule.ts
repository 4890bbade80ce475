import * as v from 'valibot';

const fraction = v.pipe(
	v.string(),
	v.regex(/^[1-9]\d?\/[1-9]\d?$/),
	v.check(isAtMostOne, 'more than the whole')
);

/**
 * What a vote needs to pass, as exact fractions: of the households that may vote, how many must vote at least, and
 * of the votes given, abstentions included, how many must agree at least.
 */
export const passRule = v.strictObject({ turnout: fraction, agree: fraction });
export type PassRule = v.InferOutput<typeof passRule>;

/** At least half of the households vote, and at least two thirds of the votes agree. */
export const usualPassRule: PassRule = { turnout: '1/2', agree: '2/3' };

export interface VoteCount {
	readonly agree: number;
	readonly disagree: number;
	readonly abstain: number;
}

/** The fewest that are at least `share` of `whole`: two thirds of 14 are 10. */
export function atLeast(share: string, whole: number): number {
	const [part, of] = partsOf(share);
	return Math.ceil((part * whole) / of);
}

export function votesGiven({ agree, disagree, abstain }: VoteCount): number {
	return agree + disagree + abstain;
}

/** Whether so many votes of `voters` households pass. Nobody voting passes nothing. */
export function passes(rule: PassRule, voters: number, count: VoteCount): boolean {
	const given = votesGiven(count);
	return given > 0 && given >= atLeast(rule.turnout, voters) && count.agree >= atLeast(rule.agree, given);
}

function isAtMostOne(share: string): boolean {
	const [part, of] = partsOf(share);
	return part <= of;
}

function partsOf(share: string): readonly [number, number] {
	const [part = 0, of = 1] = share.split('/').map(Number);
	return [part, of];
}
