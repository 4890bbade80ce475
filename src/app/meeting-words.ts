import type { MeetingStageName } from '#kinds/meeting-stage.ts';
import { m } from '#paraglide/messages.js';
import { levelOf, type Scope } from '#records/scope.ts';

/** 开会记录. `doubtful`: two people took different steps, and nobody has chosen yet. */
export function meetingStageText(stage: MeetingStageName | 'doubtful'): string {
	switch (stage) {
		case 'announced':
			return m.meetings_stage_announced();
		case 'open':
			return m.meetings_stage_open();
		case 'ended':
			return m.meetings_stage_ended();
		case 'filed':
			return m.meetings_stage_filed();
		case 'confirmed':
			return m.meetings_stage_confirmed();
		case 'doubtful':
			return m.stage_doubtful();
	}
}

/** 楼院议事: whose council it is, by the level of its place. */
export function meetingLevelText(scope: Scope): string {
	switch (levelOf(scope)) {
		case 'subdistrict':
			return m.meetings_level_subdistrict();
		case 'community':
			return m.meetings_level_community();
		default:
			return m.meetings_level_courtyard();
	}
}

/** 院落 */
export function councilLevelText(level: 'subdistrict' | 'community' | 'courtyard'): string {
	switch (level) {
		case 'subdistrict':
			return m.accounts_level_subdistrict();
		case 'community':
			return m.accounts_level_community();
		case 'courtyard':
			return m.accounts_level_courtyard();
	}
}
