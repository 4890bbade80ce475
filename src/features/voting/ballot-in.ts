import type { Ballot, Stage } from '#kinds/convention-stage.ts';

/** The ballot that a stage is about or came from: the one under way, or the one before. */
export function ballotIn(stage: Stage): Ballot | undefined {
	switch (stage.name) {
		case 'voting':
		case 'posted':
		case 'deliberating':
			return stage.ballot;
		case 'in-force':
		case 'reviewing':
			return stage.inForce.ballot;
		case 'collecting':
		case 'drafting':
			return undefined;
	}
}
