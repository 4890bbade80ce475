import { checkInEntity, readCheckIn, type CheckInRead } from '#kinds/check-in.ts';
import type { Day } from '#kinds/day.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';
import type { Doubt } from '#records/state-of.ts';

/**
 * A household's check-in of a day as a screen shows it.
 * `none`: nobody checked in, or it was withdrawn (then there is a history to read).
 */
export type DayCheckIn =
	| { readonly status: 'none'; readonly entity: string; readonly withdrawn: boolean }
	| {
			readonly status: 'done';
			readonly entity: string;
			readonly body: CheckInRead;
			readonly doubts: readonly Doubt[];
			/** The quality that counts: what was observed, else what the household reported; none in doubt. */
			readonly quality: CheckInQuality;
	  };

/** `doubtful`: people recorded different qualities and nobody has chosen yet. */
export type CheckInQuality = 'correct' | 'mixed' | 'unsorted' | 'doubtful';

export function checkInOn(records: RevisionSet, household: Scope, day: Day): DayCheckIn {
	return checkInState(records, checkInEntity(household, day));
}

export function checkInState(records: RevisionSet, entity: string): DayCheckIn {
	const state = records.state('check-in', entity);
	if (state.status !== 'present') return { status: 'none', entity, withdrawn: state.status === 'withdrawn' };
	const body = readCheckIn(state.body);
	return { status: 'done', entity, body, doubts: state.doubts, quality: qualityOf(body, state.doubts) };
}

function qualityOf(body: CheckInRead, doubts: readonly Doubt[]): CheckInQuality {
	const inDoubt = (path: string) => doubts.some((doubt) => doubt.path === path || doubt.path === '');
	if (inDoubt('/observed/quality')) return 'doubtful';
	return (
		body.observed?.quality ??
		(inDoubt('/reported/quality') ? 'doubtful' : body.reported?.quality) ??
		'doubtful'
	);
}
