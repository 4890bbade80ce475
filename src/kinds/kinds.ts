import { fieldByField, type MergePolicy } from '#records/merge-policy.ts';
import { area } from './area.ts';
import { checkIn } from './check-in.ts';
import { courtyard } from './courtyard.ts';
import { household } from './household.ts';
import type { Kind } from './kind.ts';
import type { Month } from './day.ts';

/** Every kind known to this version, by name. */
export const kinds: ReadonlyMap<string, Kind> = new Map(
	[area, courtyard, household, checkIn].map((kind) => [kind.name, kind])
);

const plain = fieldByField();

/** How a kind merges. A kind from a later version is carried along and merged field by field. */
export function policyOf(kind: string): MergePolicy {
	return kinds.get(kind)?.policy ?? plain;
}

export function monthOfEntity(kind: string, entity: string): Month {
	return kinds.get(kind)?.monthOf(entity) ?? '';
}
