import { dayAt } from '#kinds/day.ts';
import { readMeeting } from '#kinds/meeting.ts';
import type { MeetingStageName } from '#kinds/meeting-stage.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { isWithin, type Scope } from '#records/scope.ts';
import { meetingState, type MeetingState } from './meeting-state.ts';
import type { Written } from './written.ts';

/** One line of a list of meetings. `stage` is doubtful where people took different steps. */
export interface MeetingSummary {
	readonly entity: string;
	readonly id: string;
	readonly scope: Scope;
	/** As `meetingTitle` gives it. */
	readonly title: string;
	readonly starts?: string;
	readonly place?: string;
	readonly stage: MeetingStageName | 'doubtful';
	readonly lastChange: Written;
}

/** Meetings of places within `within`, and of the places around them; what begins last comes first. */
export function meetingsIn(records: RevisionSet, within: readonly Scope[]): readonly MeetingSummary[] {
	return [...records.entities('meeting')]
		.flatMap((entity) => meetingState(records, entity) ?? [])
		.filter(({ scope }) => within.some((place) => isWithin(scope, place) || isWithin(place, scope)))
		.map(summary)
		.sort(latestFirst);
}

function summary(state: MeetingState): MeetingSummary {
	const { entity, id, scope, read, lastChange } = state;
	return {
		entity,
		id,
		scope,
		title: meetingTitle(state),
		...(read.starts !== undefined && { starts: read.starts }),
		...(read.place !== undefined && { place: read.place }),
		stage: read.stage?.name ?? 'doubtful',
		lastChange
	};
}

/** All titles between which someone must choose, with ` / ` between them, where it is in doubt. */
export function meetingTitle({ read, doubts }: Pick<MeetingState, 'read' | 'doubts'>): string {
	if (read.title !== undefined) return read.title;
	const titles = doubts.find(({ path }) => path === '/title')?.candidates ?? [];
	return titles.flatMap(({ value }) => readMeeting({ title: value ?? null }).title ?? []).join(' / ');
}

function latestFirst(a: MeetingSummary, b: MeetingSummary): number {
	const [one, other] = [a, b].map(begins);
	if (one === other || one === undefined || other === undefined) return a.entity < b.entity ? -1 : 1;
	return one < other ? 1 : -1;
}

/** By the clock in Beijing; while the time is in doubt, the day of the last change. */
function begins({ starts, lastChange }: MeetingSummary): string {
	return starts ?? dayAt(new Date(lastChange.at));
}
