import type { MeetingStage, MeetingStageName } from '#kinds/meeting-stage.ts';

/** A step that is taken by a tap. Signing and confirming have pages of their own. */
export type MeetingMove = 'begin' | 'end' | 'go-on';

/** The stage it leads to. */
export function moveLeadsTo(move: MeetingMove): MeetingStageName {
	return move === 'end' ? 'ended' : 'open';
}

export function movesFrom(stage: MeetingStage): readonly MeetingMove[] {
	switch (stage.name) {
		case 'announced':
			return ['begin'];
		case 'open':
			return ['end'];
		case 'ended':
			return ['go-on'];
		default:
			return [];
	}
}

/** `now`: ISO 8601 in UTC. @throws RangeError for a step that cannot be taken from there. */
export function stageAfter(stage: MeetingStage, move: MeetingMove, now: string): MeetingStage {
	if (move === 'begin' && stage.name === 'announced') return { name: 'open', began: now };
	if (move === 'end' && stage.name === 'open') return { name: 'ended', began: stage.began, ended: now };
	if (move === 'go-on' && stage.name === 'ended') return { name: 'open', began: stage.began };
	throw new RangeError(`no ${move} from ${stage.name}`);
}
