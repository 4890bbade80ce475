import { checkInOf } from '#kinds/check-in.ts';
import type { Day } from '#kinds/day.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { isWithin, type Scope } from '#records/scope.ts';
import { headsOf } from '#records/state-of.ts';
import { checkInState, type CheckInQuality } from './check-ins.ts';
import { householdAt, type Household } from './places.ts';
import type { Period } from './participation.ts';

/** A check-in as a line of a list. `authors`: who wrote what stands now. */
export interface ListedCheckIn {
	readonly entity: string;
	readonly household: Household;
	readonly day: Day;
	readonly quality: CheckInQuality;
	readonly authors: readonly string[];
	readonly photos: number;
}

/** The check-ins of a period within `within`, the latest day first, then in the order of the roster's paths. */
export function checkInsIn(
	records: RevisionSet,
	within: readonly Scope[],
	period: Period
): readonly ListedCheckIn[] {
	const listed = [...records.entities('check-in')].flatMap((entity): ListedCheckIn[] => {
		const named = checkInOf(entity);
		if (!named || named.day < period.from || named.day > period.to) return [];
		if (!within.some((outer) => isWithin(named.household, outer))) return [];
		const checkIn = checkInState(records, entity);
		const household = householdAt(records, named.household);
		if (checkIn.status !== 'done' || !household) return [];
		const { observed, reported } = checkIn.body;
		const photos = (observed?.photos?.length ?? 0) + (reported?.photos?.length ?? 0);
		const { quality } = checkIn;
		return [{ entity, household, day: named.day, quality, authors: authorsOf(records, entity), photos }];
	});
	return listed.sort((a, b) => (a.day === b.day ? (a.entity < b.entity ? -1 : 1) : a.day < b.day ? 1 : -1));
}

function authorsOf(records: RevisionSet, entity: string): readonly string[] {
	const heads = headsOf(records.state('check-in', entity));
	const authors = heads.flatMap((hash) => records.revision('check-in', entity, hash)?.author ?? []);
	return [...new Set(authors)].sort();
}
