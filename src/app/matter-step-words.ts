import type { MatterStageName } from '#kinds/matter-stage.ts';
import { m } from '#paraglide/messages.js';
import type { MissingForStep } from '#read-models/matter-steps.ts';

/** 民议. `doubtful`: people took different steps, and nobody has chosen yet. */
export function matterStepText(step: MatterStageName | 'doubtful'): string {
	switch (step) {
		case 'raised':
			return m.affairs_step_raised();
		case 'deliberating':
			return m.affairs_step_deliberating();
		case 'decided':
			return m.affairs_step_decided();
		case 'doing':
			return m.affairs_step_doing();
		case 'evaluating':
			return m.affairs_step_evaluating();
		case 'doubtful':
			return m.affairs_step_doubtful();
	}
}

/** 还没有人认领: what a matter lacks to go on. */
export function missingText(missing: MissingForStep): string {
	switch (missing) {
		case 'choice':
			return m.affairs_missing_choice();
		case 'deliberation':
			return m.affairs_missing_deliberation();
		case 'decision':
			return m.affairs_missing_decision();
		case 'owner':
			return m.affairs_missing_owner();
		case 'result':
			return m.affairs_missing_result();
		case 'ratings':
			return m.affairs_missing_ratings();
	}
}
