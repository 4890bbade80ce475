import { policyOf } from '#kinds/kinds.ts';
import { meetingEntity } from '#kinds/meeting.ts';
import { minuteEntity } from '#kinds/minute.ts';
import type { JsonObject } from '#records/json.ts';
import { RevisionSet } from '#records/revision-set.ts';
import { seal, type Revision, type RevisionContent } from '#records/revision.ts';
import { childScope, toScope, type Scope } from '#records/scope.ts';

/** A made-up courtyard whose council meets about two things. */
export const courtyard = toScope('qianmen/caochang/g3/c12');
export const household = childScope(courtyard, 'h04');
export const meetingId = 'council1';
export const meeting = meetingEntity(courtyard, meetingId);
export const itemIds = ['topic001', 'topic002'] as const;

export const agenda: readonly JsonObject[] = [
	{ id: itemIds[0], place: 'a0', topic: '门口杂物' },
	{ id: itemIds[1], place: 'a1', topic: '夜间噪音' }
];

/** A meeting under way. */
export const openMeeting: JsonObject = {
	title: '小院议事会',
	starts: '2026-11-23T19:00',
	agenda,
	stage: { name: 'open', began: '2026-11-23T11:00:00.000Z' }
};

/** `clock`: minutes after seven in the evening. `on`: what it was written over. */
export function written(
	content: Pick<RevisionContent, 'kind' | 'entity' | 'scope' | 'body'>,
	{
		clock = 0,
		author = 'worker1',
		on = []
	}: { clock?: number; author?: string; on?: readonly Revision[] } = {}
): Revision {
	return seal({
		parents: on.map(({ hash }) => hash).sort(),
		author,
		device: `phone-${author}`,
		at: atClock(clock),
		...content,
		...(content.body === null && { reason: '记错了' })
	});
}

export function atClock(clock: number): string {
	return new Date(Date.UTC(2026, 10, 23, 11, clock)).toISOString();
}

export function councilRecord(
	body: JsonObject | null,
	more: Parameters<typeof written>[1] = {},
	scope: Scope = courtyard,
	id: string = meetingId
): Revision {
	return written({ kind: 'meeting', entity: meetingEntity(scope, id), scope, body }, more);
}

export function lineRecord(
	id: string,
	body: JsonObject | null,
	more: Parameters<typeof written>[1] = {},
	scope: Scope = courtyard
): Revision {
	return written({ kind: 'minute', entity: minuteEntity(scope, meetingId, id), scope, body }, more);
}

/** `words` about an item, said so many minutes after seven. */
export function said(words: string, clock: number, item: string = itemIds[0]): JsonObject {
	return { about: 'said', item, at: atClock(clock), words };
}

export function holding(...revisions: readonly Revision[]): RevisionSet {
	const records = new RevisionSet(policyOf);
	records.add(revisions);
	return records;
}
