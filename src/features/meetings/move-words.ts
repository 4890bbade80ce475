import type { MeetingStageName } from '#kinds/meeting-stage.ts';
import { m } from '#paraglide/messages.js';
import type { MeetingMove } from './stage-moves.ts';

/** 开始开会 */
export function moveText(move: MeetingMove): string {
	switch (move) {
		case 'begin':
			return m.meetings_move_begin();
		case 'end':
			return m.meetings_move_end();
		case 'go-on':
			return m.meetings_move_go_on();
	}
}

/** What comes after a stage, and who sees to it. `undefined`: the stage is in doubt. */
export function nextText(stage: MeetingStageName | undefined): string {
	switch (stage) {
		case 'announced':
			return m.meetings_next_announced();
		case 'open':
			return m.meetings_next_open();
		case 'ended':
			return m.meetings_next_ended();
		case 'filed':
			return m.meetings_next_filed();
		case 'confirmed':
			return m.meetings_next_confirmed();
		case undefined:
			return m.meetings_next_doubtful();
	}
}
