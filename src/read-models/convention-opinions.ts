import type { Posting } from '#kinds/convention-stage.ts';
import { dayAt } from '#kinds/day.ts';
import { ratingTopic, type ClauseView, type Rating } from '#kinds/opinion.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';
import { Readings, type Reading } from './clause-reading.ts';
import type { ClauseLine, ConventionState } from './convention-state.ts';
import { aboutOf, objectionsOn, opinionsOn, type Opinion, type OpinionReader } from './opinions.ts';

/** Households by what they say, each in one place; `doubtful`: two people recorded different opinions for it. */
export type Tally<Said extends string> = Readonly<Record<Said | 'doubtful', number>>;

type Standing = Opinion & { readonly status: 'standing' };

export type ClauseOpinion = Opinion & { readonly reading: Reading };

/** What the households say of one clause. */
export interface ClauseOpinions {
	readonly id: string;
	/** From 1; absent: no longer in the text. */
	readonly number?: number;
	readonly line?: ClauseLine;
	/** `changed`: of those counted, how many were given before the clause read as it does now. */
	readonly tally: Tally<ClauseView> & { readonly changed: number };
	/** Withdrawn ones too; they are not counted. */
	readonly entries: readonly ClauseOpinion[];
}

export interface Ratings {
	/** The version in force. */
	readonly version: number;
	readonly tally: Tally<Rating>;
	readonly entries: readonly Opinion[];
}

/**
 * What the households say of a convention; entries in the order of the households, withdrawn ones among them.
 * The same for every order in which the records came: tests/read-models/convention-opinions.property.test.ts.
 */
export interface ConventionOpinions {
	/** In the order of the text, every clause once; behind them those no longer in it that someone spoke of. */
	readonly clauses: readonly ClauseOpinions[];
	readonly wishes: readonly Opinion[];
	readonly objections: readonly Opinion[];
	/** Objections made on a day that the text was not posted: they keep nothing from coming into force. */
	readonly late: readonly Opinion[];
	/** Undefined where no version is in force. */
	readonly ratings: Ratings | undefined;
	/** Of households the convention is not for; nowhere counted. By household. */
	readonly apart: readonly Opinion[];
}

/**
 * `households`: whom the convention is for, in the order in which they are listed. `reader`: for who asks again with
 * every record that comes.
 */
export function conventionOpinions(
	records: RevisionSet,
	state: Pick<ConventionState, 'entity' | 'id' | 'heads' | 'lines' | 'read'>,
	households: readonly Scope[],
	reader?: OpinionReader
): ConventionOpinions {
	const byHousehold = Map.groupBy(opinionsOn(records, state.id, reader), ({ household }) => household);
	const among = new Set(households);
	const others = [...byHousehold.keys()].filter((household) => !among.has(household)).sort(inOrder);
	const saidBy = (household: Scope) => (byHousehold.get(household) ?? []).toSorted(asFirstSaid);
	const counted = [...among].flatMap(saidBy);
	const apart = others.flatMap(saidBy);
	const about = Map.groupBy(counted, aboutOf);
	const version = inForceVersion(state);
	const posting = postingIn(state);
	const objections = about.get('objection') ?? [];
	const late = posting ? objections.filter((one) => !isTimely(one, posting)) : [];
	return {
		clauses: clauseOpinions(records, state, about.get('clause') ?? []),
		wishes: about.get('wish') ?? [],
		objections: objections.filter((one) => !late.includes(one)),
		late,
		ratings: version === undefined ? undefined : ratingsOf(version, about.get('rating') ?? []),
		apart
	};
}

/**
 * Objections made on one of the days of `posting` that are not withdrawn, the earliest first: those to another text,
 * posted before or after it, are none to this one. One that was withdrawn on one phone and reworded on another stays
 * open until someone chooses.
 */
export function openObjections(
	records: RevisionSet,
	conventionId: string,
	posting: Posting
): readonly (Opinion & { readonly status: 'standing' | 'doubtful' })[] {
	return objectionsOn(records, conventionId)
		.filter((objection) => isTimely(objection, posting))
		.sort(asFirstSaid);
}

/** The days on which the text that is posted could be objected to, or the one in force before it was. */
export function postingIn({ read: { stage } }: Pick<ConventionState, 'read'>): Posting | undefined {
	if (stage?.name === 'posted') return stage.posting;
	return stage?.name === 'in-force' || stage?.name === 'reviewing' ? stage.inForce.posting : undefined;
}

/** By the clock of the device on which it was made first. */
export function isTimely({ first }: Opinion, { from, until }: Posting): boolean {
	const made = dayAt(new Date(first.at));
	return made >= from && made <= until;
}

function clauseOpinions(
	records: RevisionSet,
	state: Pick<ConventionState, 'entity' | 'heads' | 'lines'>,
	all: readonly Opinion[]
): readonly ClauseOpinions[] {
	const byClause = Map.groupBy(all, ({ topic }) => topic);
	const readings = new Readings(records, state);
	const inText = state.lines.map((line, index): ClauseOpinions => {
		const id = line.type === 'clause' ? line.clause.id : line.id;
		const its = byClause.get(id) ?? [];
		return { id, number: index + 1, line, ...counted(its, (opinion) => readings.of(opinion, line)) };
	});
	const known = new Set(inText.map(({ id }) => id));
	const gone = [...byClause].filter(([id]) => !known.has(id)).sort(([a], [b]) => inOrder(a, b));
	return [...inText, ...gone.map(([id, its]) => ({ id, ...counted(its, () => 'changed') }))];
}

function counted(
	opinions: readonly Opinion[],
	readingOf: (opinion: Opinion) => Reading
): Pick<ClauseOpinions, 'tally' | 'entries'> {
	const count = counting(opinions, ({ body }) => (body.about === 'clause' ? body.view : undefined));
	const entries = opinions.map((opinion) => ({ ...opinion, reading: readingOf(opinion) }));
	return {
		tally: {
			agree: count('agree'),
			disagree: count('disagree'),
			suggest: count('suggest'),
			doubtful: count('doubtful'),
			changed: entries.filter(({ status, reading }) => status === 'standing' && reading === 'changed').length
		},
		entries
	};
}

function ratingsOf(version: number, all: readonly Opinion[]): Ratings {
	const entries = all.filter(({ topic }) => topic === ratingTopic(version));
	const count = counting(entries, ({ body }) => (body.about === 'rating' ? body.rating : undefined));
	const tally = {
		good: count('good'),
		fair: count('fair'),
		poor: count('poor'),
		doubtful: count('doubtful')
	};
	return { version, tally, entries };
}

/** How often each was said; those in doubt under `doubtful`, withdrawn ones nowhere. */
function counting<Said extends string>(
	opinions: readonly Opinion[],
	saidIn: (opinion: Standing) => Said | undefined
): (said: Said | 'doubtful') => number {
	const counts = new Map<string, number>();
	for (const opinion of opinions) {
		if (opinion.status === 'withdrawn') continue;
		const said = opinion.status === 'doubtful' ? 'doubtful' : saidIn(opinion);
		if (said !== undefined) counts.set(said, (counts.get(said) ?? 0) + 1);
	}
	return (said) => counts.get(said) ?? 0;
}

function inForceVersion({ read }: Pick<ConventionState, 'read'>): number | undefined {
	return read.stage?.inForce?.version;
}

function asFirstSaid(a: Opinion, b: Opinion): number {
	return inOrder(a.first.at, b.first.at) || inOrder(a.entity, b.entity);
}

function inOrder(a: string, b: string): number {
	return a === b ? 0 : a < b ? -1 : 1;
}
