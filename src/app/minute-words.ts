import type { AttendeeType, MinuteBody, Stance } from '#kinds/minute.ts';
import { m } from '#paraglide/messages.js';
import { householdAt, householdLabel } from '#read-models/places.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { levelOf, type Scope } from '#records/scope.ts';

export function stanceText(stance: Stance): string {
	switch (stance) {
		case 'for':
			return m.meetings_stance_for();
		case 'against':
			return m.meetings_stance_against();
		case 'neutral':
			return m.meetings_stance_neutral();
	}
}

export function attendeeTypeText(type: AttendeeType): string {
	switch (type) {
		case 'household':
			return m.meetings_as_household();
		case 'person':
			return m.meetings_as_person();
		case 'organisation':
			return m.meetings_as_organisation();
		case 'guest':
			return m.meetings_as_guest();
	}
}

/** 3号 居民甲: the door of a household, and who of it; a name; `''` where nobody was named. */
export function speakerText(records: RevisionSet, scope: Scope, who: string | undefined): string {
	const door = levelOf(scope) === 'household' ? doorText(records, scope) : undefined;
	return [door, who].filter((part) => part !== undefined).join(' ');
}

function doorText(records: RevisionSet, scope: Scope): string {
	const household = householdAt(records, scope);
	return household ? householdLabel(household) : scope.slice(scope.lastIndexOf('/') + 1);
}

/** 赞成 12，反对 3，弃权 1 */
export function votesText(body: MinuteBody & { readonly about: 'count' }): string {
	return m.meetings_votes({ for: body.for, against: body.against, abstain: body.abstain });
}
