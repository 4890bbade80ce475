import { evaluationOf, readEvaluation, satisfactions, type EvaluationRead } from '#kinds/evaluation.ts';
import type { Hash } from '#records/hash.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { isWithin, type Scope } from '#records/scope.ts';
import type { Satisfaction } from '#kinds/evaluation.ts';
import type { Doubt } from '#records/state-of.ts';
import { matterSteps } from './matter-steps.ts';
import type { ListedMatter } from './matters.ts';
import { byTime, writtenIn, type Written } from './written.ts';

/** How a household rates one round of a matter. `body` without `satisfaction`: two recorded different ones. */
export interface HouseholdRating {
	readonly entity: string;
	readonly household: Scope;
	readonly heads: readonly Hash[];
	readonly body: EvaluationRead;
	readonly doubts: readonly Doubt[];
	readonly last: Written;
}

/** The ratings of one round, one to a household. Every household is in one of the counts, or is doubtful. */
export interface RoundRatings {
	readonly round: number;
	readonly counts: Readonly<Record<Satisfaction, number>>;
	readonly doubtful: number;
	/** By household. */
	readonly ratings: readonly HouseholdRating[];
}

/** What of a matter says who rates it, and what. */
type RatedMatter = Parameters<typeof matterSteps>[1] & Pick<ListedMatter, 'id' | 'scope' | 'courtyard'>;

/** The rounds of a matter that were closed and that anyone it concerns rated, the first first. */
export function ratingsOf(records: RevisionSet, matter: RatedMatter): readonly RoundRatings[] {
	const rounds = new Map<number, readonly HouseholdRating[]>();
	const rates = ratersOf(records, matter);
	for (const entity of records.entities('evaluation')) {
		const named = evaluationOf(entity);
		if (!named || !rates(named)) continue;
		const rating = ratingAt(records, entity, named.household);
		if (rating) rounds.set(named.round, [...(rounds.get(named.round) ?? []), rating]);
	}
	return [...rounds].sort(([a], [b]) => a - b).map(([round, ratings]) => tallied(round, ratings));
}

/**
 * Whether a household's rating counts: of this matter, of a round that was closed, and by a household of its courtyard,
 * or of the place that it is about.
 */
export function ratersOf(
	records: RevisionSet,
	matter: RatedMatter
): (rating: { readonly household: Scope; readonly matter: string; readonly round: number }) => boolean {
	const taken = matterSteps(records, matter).flatMap((step) => step.taken);
	const closed = new Set(taken.flatMap(({ stage }) => (stage.name === 'evaluating' ? stage.round : [])));
	const around = matter.courtyard ?? matter.scope;
	return ({ household, matter: id, round }) =>
		id === matter.id && closed.has(round) && isWithin(household, around);
}

/** Undefined: it did not rate, or took its rating back. */
export function ratingAt(
	records: RevisionSet,
	entity: string,
	household: Scope
): HouseholdRating | undefined {
	const state = records.state('evaluation', entity);
	if (state.status !== 'present') return undefined;
	const { heads, body, doubts } = state;
	const written = heads.flatMap((hash) => records.revision('evaluation', entity, hash) ?? []);
	const last = written.sort(byTime).at(-1);
	return last && { entity, household, heads, body: readEvaluation(body), doubts, last: writtenIn(last) };
}

function tallied(round: number, ratings: readonly HouseholdRating[]): RoundRatings {
	const [satisfied, partly, not] = satisfactions.map(
		(one) => ratings.filter((rating) => countsAs(rating) === one).length
	);
	return {
		round,
		counts: { satisfied: satisfied ?? 0, partly: partly ?? 0, not: not ?? 0 },
		doubtful: ratings.filter((rating) => countsAs(rating) === undefined).length,
		ratings: ratings.toSorted((a, b) => (a.household < b.household ? -1 : 1))
	};
}

/** Undefined: whether or how it rates is in doubt. */
function countsAs({ body, doubts }: HouseholdRating): Satisfaction | undefined {
	return doubts.some(({ path }) => path === '') ? undefined : body.satisfaction;
}
