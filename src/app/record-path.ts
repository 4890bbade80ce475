import { belongsTo } from '#read-models/belongs-to.ts';
import { checkInOf } from '#kinds/check-in.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';
import { keyedEntityOf } from '#kinds/kind.ts';
import type { Home } from './account.ts';

/** What a record is about. */
export interface AboutRecord {
	readonly kind: string;
	readonly entity: string;
	readonly scope: Scope;
}

/** The page on which what a record is about can be seen; undefined where `home` has none. */
export function recordPath(
	records: RevisionSet,
	home: Home | 'nobody',
	{ kind, entity, scope }: AboutRecord
): string | undefined {
	const staff = home === 'office' || home === 'worker';
	switch (kind) {
		case 'household':
			return staff ? `/households/${scope}` : ownPage(home);
		case 'check-in': {
			const day = checkInOf(entity)?.day;
			return staff && day ? `/households/${scope}?day=${day}` : ownPage(home);
		}
		case 'courtyard':
			return staff ? `/courtyards/${scope}` : undefined;
		case 'act':
		case 'redemption':
			return staff ? `/points/${scope}` : ownPage(home, '/home/points');
		case 'points-rule':
			return home === 'office' ? '/office/points/rules' : undefined;
		case 'policy':
			return home === 'office' ? '/office/policy' : undefined;
		case 'publication':
			return `/public/${entity}`;
		default:
			return wholePath(records, kind, entity);
	}
}

function ownPage(home: Home | 'nobody', page = '/home'): string | undefined {
	return home === 'resident' ? page : undefined;
}

/** The page of the meeting, convention or matter that a record belongs to, as far as it is known here. */
function wholePath(records: RevisionSet, kind: string, entity: string): string | undefined {
	const whole = belongsTo(kind, entity);
	if (!whole) return undefined;
	const named = [...records.entities(whole.type)].find((one) => keyedEntityOf(one)?.key === whole.id);
	return named === undefined ? undefined : `/${whole.type}s/${named}${pageWithin[kind] ?? ''}`;
}

/** The page of a meeting or convention on which such records are. */
const pageWithin: Readonly<Record<string, string>> = {
	amendment: '/minutes',
	opinion: '/opinions',
	vote: '/vote'
};
