import type { Day } from '#kinds/day.ts';
import type { MeetingSummary } from '#read-models/meeting-list.ts';

/** What of the meetings goes on, what is to be done, what is to come, and what is on file; in this order. */
const meetingGroups = ['open', 'doubtful', 'ended', 'announced', 'filed', 'confirmed'] as const;

export interface MeetingGroup {
	readonly stage: MeetingSummary['stage'];
	readonly meetings: readonly MeetingSummary[];
}

/** By stage, without the empty ones. What is to come begins with what comes next. */
export function groupedMeetings(meetings: readonly MeetingSummary[]): readonly MeetingGroup[] {
	return meetingGroups.flatMap((stage) => {
		const inIt = meetings.filter((each) => each.stage === stage);
		return inIt.length === 0 ? [] : [{ stage, meetings: stage === 'announced' ? inIt.toReversed() : inIt }];
	});
}

/** What goes on, or is to begin today; what begins first comes first. */
export function meetingsOn(meetings: readonly MeetingSummary[], today: Day): readonly MeetingSummary[] {
	const isToday = ({ stage, starts = '' }: MeetingSummary) =>
		stage === 'announced' && starts.startsWith(today);
	return meetings.filter((each) => each.stage === 'open' || isToday(each)).toReversed();
}
