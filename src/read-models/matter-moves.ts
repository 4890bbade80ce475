import type { Day } from '#kinds/day.ts';
import type { MatterOwner, MatterStage, MatterStageName } from '#kinds/matter-stage.ts';
import type { RoundRatings } from './matter-ratings.ts';

/** What can be done with a matter. `assign`: gives it to someone, or to someone else, or more time. */
export type MatterMoveName = 'deliberate' | 'decide' | 'assign' | 'close' | 'reopen';

export interface MatterMove {
	readonly name: MatterMoveName;
	/** The stage it leads to. */
	readonly to: MatterStageName;
}

const moves = {
	deliberate: { name: 'deliberate', to: 'deliberating' },
	decide: { name: 'decide', to: 'decided' },
	assign: { name: 'assign', to: 'doing' },
	close: { name: 'close', to: 'evaluating' },
	reopen: { name: 'reopen', to: 'doing' }
} as const satisfies Readonly<Record<MatterMoveName, MatterMove>>;

/**
 * The ways on from a stage, the usual one first; a step can be left out. [] while the stage is in doubt. What was
 * closed is reopened after a rating that is not content, or in doubt. `ratings`: all rounds.
 */
export function matterMoves(
	stage: MatterStage | undefined,
	ratings: readonly RoundRatings[]
): readonly MatterMove[] {
	switch (stage?.name) {
		case undefined:
			return [];
		case 'raised':
			return [moves.deliberate, moves.decide, moves.assign];
		case 'deliberating':
			return [moves.decide, moves.assign];
		case 'decided':
			return [moves.assign, moves.decide];
		case 'doing':
			return [moves.close, moves.assign];
		case 'evaluating':
			return isPoor(ratings.find(({ round }) => round === stage.round)) ? [moves.reopen] : [];
	}
}

/** Whether a household was not content with a round, or two heard different things of it. */
function isPoor(ratings: RoundRatings | undefined): boolean {
	return ratings !== undefined && ratings.counts.partly + ratings.counts.not + ratings.doubtful > 0;
}

/** What is told of a move. */
export interface MoveFacts {
	/** What was decided, what came of it, or why it is reopened. */
	readonly words: string;
	/** The meeting that decided, by its entity. */
	readonly meeting?: string;
	/** What of its minutes the decision rests on, by the entities of the lines. */
	readonly lines?: readonly string[];
	readonly owner?: MatterOwner;
	readonly due?: Day;
	readonly photos: readonly string[];
	readonly today: Day;
}

/** Where a matter stands after a move; undefined where something that it takes was not told. */
export function stageAfterMove(
	stage: MatterStage,
	move: MatterMoveName,
	{ words, meeting, lines = [], owner, due, photos, today }: MoveFacts
): MatterStage | undefined {
	switch (move) {
		case 'deliberate':
			return { name: 'deliberating' };
		case 'decide':
			if (words === '') return undefined;
			return {
				name: 'decided',
				decision: words,
				...(meeting !== undefined && { meeting }),
				...(meeting !== undefined && lines.length > 0 && { lines: [...lines] })
			};
		case 'assign':
			return owner && due && { ...started(stage), owner, due };
		case 'close':
			if (stage.name !== 'doing' || words === '') return undefined;
			return {
				name: 'evaluating',
				owner: stage.owner,
				due: stage.due,
				round: stage.round,
				result: words,
				...(photos.length > 0 && { photos: [...photos] }),
				day: today
			};
		case 'reopen':
			if (stage.name !== 'evaluating' || words === '' || !owner || !due) return undefined;
			return { name: 'doing', owner, due, round: stage.round + 1, because: words };
	}
}

/** Whoever gives a matter that is under way to someone else begins no new round. */
function started(stage: MatterStage) {
	if (stage.name !== 'doing') return { name: 'doing', round: 1 } as const;
	const { name, round, because } = stage;
	return { name, round, ...(because !== undefined && { because }) };
}
