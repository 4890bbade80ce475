import type { ConventionType } from '#kinds/convention.ts';
import type { StageName } from '#kinds/convention-stage.ts';
import { m } from '#paraglide/messages.js';

/** 协商. `doubtful`: two people took different steps, and nobody has chosen yet. */
export function stageText(stage: StageName | 'doubtful'): string {
	switch (stage) {
		case 'collecting':
			return m.stage_collecting();
		case 'drafting':
			return m.stage_drafting();
		case 'deliberating':
			return m.stage_deliberating();
		case 'voting':
			return m.stage_voting();
		case 'posted':
			return m.stage_posted();
		case 'in-force':
			return m.stage_in_force();
		case 'reviewing':
			return m.stage_reviewing();
		case 'doubtful':
			return m.stage_doubtful();
	}
}

/** 院落公约 or 议事厅章程. */
export function conventionTypeText(type: ConventionType): string {
	return type === 'charter' ? m.convention_type_charter() : m.convention_type_convention();
}
