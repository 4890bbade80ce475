import { publicTitle } from '#app/public-words.ts';
import { evaluationOf } from '#kinds/evaluation.ts';
import { meetingEntity } from '#kinds/meeting.ts';
import { minuteOf, readMinute } from '#kinds/minute.ts';
import { m } from '#paraglide/messages.js';
import type { AffairEvent } from '#read-models/five-affairs.ts';
import { matterAt } from '#read-models/matters.ts';
import { meetingState } from '#read-models/meeting-state.ts';
import { publicationAt, subjectOf } from '#read-models/publications.ts';
import type { RevisionSet } from '#records/revision-set.ts';

/** Where one reads on about something that counts, and what it is called there. */
export interface EventLink {
	readonly href: string;
	readonly title: string;
}

export function eventLink(records: RevisionSet, { kind, entity }: AffairEvent): EventLink {
	switch (kind) {
		case 'meeting':
			return link(`/meetings/${entity}`, meetingState(records, entity)?.read.title);
		case 'minute': {
			const named = minuteOf(entity);
			const state = records.state('minute', entity);
			const body = state.status === 'present' ? readMinute(state.body) : undefined;
			const meeting = named ? meetingEntity(named.scope, named.meeting) : '';
			return link(`/meetings/${meeting}`, body?.about === 'resolution' ? body.words : undefined);
		}
		case 'publication': {
			const body = publicationAt(records, entity)?.body;
			return link(`/public/${entity}`, body && publicTitle(body));
		}
		case 'evaluation': {
			const subject = evaluationOf(entity)?.matter ?? '';
			return matterLink(records, subjectOf(records, { subject, about: 'matter' })?.entity ?? '');
		}
		default:
			return matterLink(records, entity);
	}
}

function matterLink(records: RevisionSet, entity: string): EventLink {
	return link(`/matters/${entity}`, matterAt(records, entity)?.body.text);
}

function link(href: string, title: string | undefined): EventLink {
	return { href, title: title ?? m.public_five_gone() };
}
