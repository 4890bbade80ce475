import { meetingOf, readMeeting, type MeetingRead } from '#kinds/meeting.ts';
import type { Hash } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';
import type { Doubt } from '#records/state-of.ts';
import { byTime, writtenIn, type Written } from './written.ts';

/** A meeting by all that is known of it: its announcement, its agenda, where it stands. */
export interface MeetingState {
	readonly entity: string;
	readonly id: string;
	readonly scope: Scope;
	readonly heads: readonly Hash[];
	readonly body: JsonObject;
	readonly read: MeetingRead;
	readonly doubts: readonly Doubt[];
	/** The head recorded last. */
	readonly lastChange: Written;
}

/** Undefined: nothing is known of it, or it was called off. */
export function meetingState(records: RevisionSet, entity: string): MeetingState | undefined {
	const named = meetingOf(entity);
	const state = records.state('meeting', entity);
	if (!named || state.status !== 'present') return undefined;
	const { heads, body, doubts } = state;
	const lastChange = heads
		.flatMap((hash) => records.revision('meeting', entity, hash) ?? [])
		.map(writtenIn)
		.sort(byTime)
		.at(-1);
	return lastChange && { entity, ...named, heads, body, read: readMeeting(body), doubts, lastChange };
}
