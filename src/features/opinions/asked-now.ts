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
