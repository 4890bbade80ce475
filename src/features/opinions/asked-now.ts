import type { OpinionBody } from '#kinds/opinion.ts';
import type { StageName } from '#kinds/convention-stage.ts';

/** What households are asked while a convention stands at a stage. */
export interface AskedNow {
	readonly clauses: boolean;
	readonly wishes: boolean;
	readonly objections: boolean;
	readonly rating: boolean;
}

const nothing: AskedNow = { clauses: false, wishes: false, objections: false, rating: false };

/** `undefined`: two people took different steps, and nobody has chosen yet; then nothing is asked. */
export function askedAt(stage: StageName | undefined): AskedNow {
	switch (stage) {
		case 'collecting':
		case 'drafting':
			return { ...nothing, clauses: true, wishes: true };
		case 'deliberating':
			return { ...nothing, clauses: true };
		case 'posted':
			return { ...nothing, objections: true };
		case 'reviewing':
			return { ...nothing, wishes: true, rating: true };
		case 'voting':
		case 'in-force':
		case undefined:
			return nothing;
	}
}

/** Whether an opinion of this kind can be given or changed now, so that it is shown where that is done. */
export function isAsked(asked: AskedNow, about: OpinionBody['about'] | undefined): boolean {
	switch (about) {
		case 'clause':
			return asked.clauses;
		case 'wish':
			return asked.wishes;
		case 'objection':
			return asked.objections;
		case 'rating':
			return asked.rating;
		case undefined:
			return false;
	}
}
