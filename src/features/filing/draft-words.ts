import { getLocale } from '#paraglide/runtime.js';
import type { MeetingState } from '#read-models/meeting-state.ts';
import { minutesOf } from '#read-models/minutes.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { minutesWords, type MinutesWords } from './minutes-words.ts';

/** What was taken down so far, as it would be signed. */
export function draftWords(records: RevisionSet, meeting: MeetingState): MinutesWords {
	const { scope, read } = meeting;
	const minutes = minutesOf(records, meeting);
	return minutesWords({ records, scope, read, minutes, amendments: [], locale: getLocale() });
}
