import { matterEntity } from '#kinds/matter.ts';
import { attendanceId } from '#kinds/minute.ts';
import { meetingState, type MeetingState } from '#read-models/meeting-state.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { JsonObject } from '#records/json.ts';
import type { Revision } from '#records/revision.ts';
import {
	atClock,
	councilRecord,
	courtyard,
	household,
	itemIds,
	lineRecord,
	meeting,
	openMeeting,
	said,
	written
} from './meeting-records.ts';

/** A council that was held: two spoke, hands were counted, it was resolved, and someone was given something to do. */
export const ended: JsonObject = {
	...openMeeting,
	stage: { name: 'ended', began: atClock(0), ended: atClock(60) }
};
export const opened = councilRecord(openMeeting);
export const held = councilRecord(ended, { clock: 60, on: [opened] });
export const attendance = lineRecord(
	attendanceId,
	{ about: 'attendance', as: 'household', who: '居民甲', at: atClock(1) },
	{ clock: 1 },
	household
);
export const spoken = lineRecord(
	'line0001',
	{ ...said('门口堆物挡路', 2), stance: 'for' },
	{ clock: 2 },
	household
);
export const answered = lineRecord('line0002', said('周六一起清', 3), { clock: 3 });
export const resolved = lineRecord(
	'line0003',
	{ about: 'resolution', item: itemIds[0], at: atClock(5), words: '每周六清理一次' },
	{ clock: 5 }
);
export const task = written(
	{
		kind: 'matter',
		entity: matterEntity(courtyard, 'matter01'),
		scope: courtyard,
		body: {
			text: '清走门口堆物',
			source: 'meeting',
			from: { meeting, item: itemIds[0] },
			stage: { name: 'doing', owner: { name: '王师傅' }, due: '2026-12-01', round: 1 }
		}
	},
	{ clock: 6 }
);
export const taken: readonly Revision[] = [attendance, spoken, answered, resolved, task];

export const signatures = {
	chair: { name: '李建国', signature: [[100, 100, 300, 250]] },
	recorder: { name: '王秀英', signature: [[100, 200, 400, 90]] }
};

/** That meeting as filed by `author`. */
export function filedRecord(
	body: JsonObject,
	author = 'worker1',
	on: readonly Revision[] = [held]
): Revision {
	return councilRecord(body, { clock: 90, author, on });
}

export function stateIn(records: RevisionSet): MeetingState {
	const state = meetingState(records, meeting);
	if (!state) throw new Error(`no meeting ${meeting}`);
	return state;
}
