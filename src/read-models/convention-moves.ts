import { postingDays, type Stage, type StageName } from '#kinds/convention-stage.ts';
import { addDays, type Day } from '#kinds/day.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { householdsOf } from './convention-list.ts';
import { openObjections } from './convention-opinions.ts';
import { notVoted } from './convention-voters.ts';
import type { ConventionState } from './convention-state.ts';
import { versionOf } from './convention-steps.ts';

/** What must be so before a move can be made, and is not. */
export type Missing =
	| { readonly type: 'doubts'; readonly count: number }
	| { readonly type: 'clauses' }
	| { readonly type: 'households' }
	/** The vote goes on up to and including `until`, and not all have voted; it can be counted all the same. */
	| { readonly type: 'voting'; readonly until: Day }
	/** The posting goes on up to and including `until`. */
	| { readonly type: 'posting'; readonly until: Day }
	| { readonly type: 'objections'; readonly count: number };

/**
 * What people do to take a convention from a stage to another one. `open-vote` and `count-votes` need more than the
 * stage and are made where the vote is; `count-votes` stays in its stage. `keep`: the version in force goes on
 * unchanged, and the next one is given up.
 */
export type MoveName =
	| 'start-drafting'
	| 'start-deliberating'
	| 'open-vote'
	| 'count-votes'
	| 'abandon-vote'
	| 'post'
	| 'reopen'
	| 'confirm'
	| 'start-review'
	| 'start-next'
	| 'keep';

export interface Move {
	readonly name: MoveName;
	readonly to: StageName;
	/** On the usual way, rather than back or aside. */
	readonly forward: boolean;
	/** Whoever makes it says why. */
	readonly because: boolean;
	readonly missing: readonly Missing[];
}

/**
 * The moves from where a convention stands, the usual one first; [] where its stage is in doubt. A convention with
 * doubts cannot be moved: a body is written whole, and what is in doubt would be left out of it.
 */
export function movesFrom(
	records: RevisionSet,
	state: Pick<ConventionState, 'entity' | 'id' | 'scope' | 'read' | 'doubts' | 'lines'>,
	today: Day
): readonly Move[] {
	const { stage } = state.read;
	if (!stage) return [];
	const doubts: readonly Missing[] =
		state.doubts.length > 0 ? [{ type: 'doubts', count: state.doubts.length }] : [];
	const moves = [...waysFrom(stage, today)].map(([name, way]) => {
		const missing = [...doubts, ...missingFor(name, records, state, stage, today)];
		return { name, ...way, missing };
	});
	// Someone objected: what is usual now is to deliberate again.
	const objected = moves.some(({ missing }) => missing.some(({ type }) => type === 'objections'));
	if (!objected) return moves;
	return moves
		.map((move) => ({ ...move, forward: move.name === 'reopen' }))
		.sort((a, b) => Number(b.forward) - Number(a.forward));
}

/**
 * The stage that a move leads to. `because`: a line, for the moves that need one.
 * @throws RangeError for a move that does not lead on from `stage`, or that is made where the vote is
 */
export function stageAfter(stage: Stage, name: MoveName, today: Day, because: string): Stage {
	const before = stage.inForce && { inForce: stage.inForce };
	if (!waysFrom(stage, today).has(name)) throw new RangeError(`no ${name} from ${stage.name}`);
	switch (name) {
		case 'start-drafting':
		case 'start-next':
			return { name: 'drafting', ...before };
		case 'start-deliberating':
			return { name: 'deliberating', ...before };
		case 'abandon-vote':
			return { name: 'deliberating', because, ...before };
		case 'reopen': {
			const ballot = closedBallotIn(stage);
			return { name: 'deliberating', because, ...(ballot && { ballot }), ...before };
		}
		case 'post':
			if (stage.name !== 'voting') break;
			return {
				name: 'posted',
				ballot: passedBallotIn(stage),
				posting: { from: today, until: addDays(today, postingDays) },
				...before
			};
		case 'confirm': {
			if (stage.name !== 'posted') break;
			const { ballot, posting } = stage;
			return { name: 'in-force', inForce: { version: versionOf(stage), since: today, ballot, posting } };
		}
		case 'start-review':
			if (stage.inForce) return { name: 'reviewing', since: today, inForce: stage.inForce };
			break;
		case 'keep':
			if (stage.inForce) return { name: 'in-force', inForce: stage.inForce };
			break;
		case 'open-vote':
		case 'count-votes':
	}
	throw new RangeError(`${name} from ${stage.name} is not made by its stage alone`);
}

type Way = Omit<Move, 'name' | 'missing'>;

const forward = (to: StageName): Way => ({ to, forward: true, because: false });
const aside = (to: StageName): Way => ({ to, forward: false, because: true });

function waysFrom(stage: Stage, today: Day): ReadonlyMap<MoveName, Way> {
	const given: readonly (readonly [MoveName, Way])[] = stage.inForce ? [['keep', aside('in-force')]] : [];
	switch (stage.name) {
		case 'collecting':
			return new Map([['start-drafting', forward('drafting')], ...given]);
		case 'drafting':
			return new Map([['start-deliberating', forward('deliberating')], ...given]);
		case 'deliberating':
			return new Map([['open-vote', forward('voting')], ...given]);
		case 'voting': {
			const { result, closes } = stage.ballot;
			if (!result) {
				const count: [MoveName, Way] = ['count-votes', forward('voting')];
				const abandon: [MoveName, Way] = ['abandon-vote', aside('deliberating')];
				return new Map(today > closes ? [count] : [count, abandon]);
			}
			return new Map<MoveName, Way>(
				result.passed
					? [
							['post', forward('posted')],
							['reopen', aside('deliberating')]
						]
					: [['reopen', { ...forward('deliberating'), because: true }]]
			);
		}
		case 'posted':
			return new Map<MoveName, Way>([
				['confirm', forward('in-force')],
				['reopen', aside('deliberating')]
			]);
		case 'in-force':
			return new Map<MoveName, Way>([['start-review', forward('reviewing')]]);
		case 'reviewing':
			return new Map<MoveName, Way>([
				['start-next', forward('drafting')],
				['keep', { to: 'in-force', forward: false, because: false }]
			]);
	}
}

function missingFor(
	name: MoveName,
	records: RevisionSet,
	state: Pick<ConventionState, 'id' | 'scope' | 'read' | 'lines'>,
	stage: Stage,
	today: Day
): readonly Missing[] {
	const missing: Missing[] = [];
	if ((name === 'start-deliberating' || name === 'open-vote') && state.lines.length === 0)
		missing.push({ type: 'clauses' });
	if (name === 'open-vote' && householdsOf(records, state).length === 0) missing.push({ type: 'households' });
	if (name === 'count-votes' && stage.name === 'voting' && today <= stage.ballot.closes)
		if (notVoted(records, state).length > 0) missing.push({ type: 'voting', until: stage.ballot.closes });
	if (name === 'confirm' && stage.name === 'posted') {
		const { until } = stage.posting;
		if (today <= until) missing.push({ type: 'posting', until });
		const count = openObjections(records, state.id, stage.posting).length;
		if (count > 0) missing.push({ type: 'objections', count });
	}
	return missing;
}

function closedBallotIn(stage: Stage) {
	if (stage.name === 'posted') return stage.ballot;
	if (stage.name !== 'voting' || !stage.ballot.result) return undefined;
	return { ...stage.ballot, result: stage.ballot.result };
}

function passedBallotIn({ ballot }: Stage & { readonly name: 'voting' }) {
	const { result } = ballot;
	if (!result?.passed) throw new RangeError('a vote that did not pass is not posted');
	return { ...ballot, result };
}
