import { actOf } from '#kinds/act.ts';
import { checkInOf } from '#kinds/check-in.ts';
import { pointsRuleOf } from '#kinds/points-rule.ts';
import { m } from '#paraglide/messages.js';
import { householdAt, householdLabel, placeName } from '#read-models/places.ts';
import { levelOf, parentScope, type Scope } from '#records/scope.ts';
import type { Revision } from '#records/revision.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { dayText } from './dates.ts';

/** What a record is about, in words a person knows it by. */
export function recordTitle(records: RevisionSet, revision: Revision, locale: string): string {
	const title = titleOf(records, revision, locale);
	return revision.body === null ? m.sync_removed({ title }) : title;
}

function titleOf(records: RevisionSet, { kind, entity, scope, body }: Revision, locale: string): string {
	switch (kind) {
		case 'check-in': {
			const named = checkInOf(entity);
			const day = named ? dayText(named.day, locale) : '';
			return m.sync_title_check_in({ place: householdName(records, scope), day });
		}
		case 'household':
			return m.sync_title_household({ place: householdName(records, scope) });
		case 'courtyard':
			return m.sync_title_courtyard({ place: placeName(records, scope) });
		case 'area':
			return m.sync_title_area({ place: placeName(records, scope) });
		case 'meeting': {
			const title = body?.['title'];
			const place = placeName(records, scope);
			return typeof title === 'string'
				? m.trace_sync_meeting({ title, place })
				: m.trace_sync_meeting_gone({ place });
		}
		case 'minute':
			return m.trace_sync_minute({ place: aboutName(records, scope) });
		case 'amendment':
			return m.trace_sync_amendment({ place: aboutName(records, scope) });
		case 'erasure':
			return m.trace_sync_erasure({ place: householdName(records, scope) });
		case 'matter':
			return m.sync_title_matter({ place: aboutName(records, scope) });
		case 'progress':
			return m.affairs_sync_progress({ place: aboutName(records, scope) });
		case 'whistle':
			return m.affairs_sync_whistle({ place: aboutName(records, scope) });
		case 'evaluation':
			return m.affairs_sync_rating({ place: householdName(records, scope) });
		case 'act': {
			const named = actOf(entity);
			const day = named ? dayText(named.day, locale) : '';
			return m.sync_title_act({ place: householdName(records, scope), day });
		}
		case 'redemption':
			return m.sync_title_redemption({ place: householdName(records, scope) });
		case 'opinion':
			return m.opinions_sync_title({ place: householdName(records, scope) });
		case 'points-rule': {
			const named = pointsRuleOf(entity);
			return m.sync_title_points_rule({ day: named ? dayText(named.from, locale) : '' });
		}
		case 'policy':
			return m.sync_title_policy({ place: placeName(records, scope) });
		case 'convention': {
			const title = body?.['title'];
			const place = placeName(records, scope);
			return typeof title === 'string'
				? m.sync_title_convention({ title, place })
				: m.sync_title_convention_gone({ place });
		}
		case 'publication':
			return m.public_sync_title({ place: placeName(records, scope) });
		case 'vote':
			return m.sync_title_vote({ place: householdName(records, scope) });
		default:
			return m.sync_title_other({ kind });
	}
}

function aboutName(records: RevisionSet, scope: Scope): string {
	return levelOf(scope) === 'household' ? householdName(records, scope) : placeName(records, scope);
}

/** 草厂三条12号 3号: the courtyard and the door, as far as they are known here. */
function householdName(records: RevisionSet, scope: Scope): string {
	const household = householdAt(records, scope);
	const courtyard = parentScope(scope);
	if (!household || !courtyard) return scope;
	return `${placeName(records, courtyard)} ${householdLabel(household)}`;
}
