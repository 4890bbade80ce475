import { fieldByField, type MergePolicy } from '#records/merge-policy.ts';
import type { Scope } from '#records/scope.ts';
import { act } from './act.ts';
import { amendment } from './amendment.ts';
import { area } from './area.ts';
import { checkIn } from './check-in.ts';
import { convention } from './convention.ts';
import { courtyard } from './courtyard.ts';
import type { Month } from './day.ts';
import { erasure } from './erasure.ts';
import { evaluation } from './evaluation.ts';
import { household } from './household.ts';
import type { Kind } from './kind.ts';
import { matter } from './matter.ts';
import { meeting } from './meeting.ts';
import { minute } from './minute.ts';
import { opinion } from './opinion.ts';
import { pointsRule } from './points-rule.ts';
import { policy } from './policy.ts';
import { progress } from './progress.ts';
import { publication } from './publication.ts';
import { redemption } from './redemption.ts';
import { vote } from './vote.ts';
import { whistle } from './whistle.ts';

/** Every kind known to this version, by name. */
export const kinds: ReadonlyMap<string, Kind> = new Map(
	[
		...[area, courtyard, household, checkIn, act, pointsRule, redemption],
		...[convention, opinion, vote, meeting, minute, amendment],
		...[matter, progress, whistle, evaluation, publication, policy, erasure]
	].map((kind) => [kind.name, kind])
);

const plain = fieldByField();

/** How a kind merges. A kind from a later version is carried along and merged field by field. */
export function policyOf(kind: string): MergePolicy {
	return kinds.get(kind)?.policy ?? plain;
}

export function monthOfEntity(kind: string, entity: string): Month {
	return kinds.get(kind)?.monthOf(entity) ?? '';
}

/** The place that the record of an id such as `check-in:qianmen.caochang.g3.c12.h04.2026-11-23:<hash>` is about. */
export function subjectOfId(id: string): { readonly kind: string; readonly scope: Scope } | undefined {
	const [kind = '', entity = ''] = id.split(':');
	const scope = kinds.get(kind)?.scopeOf(entity);
	return scope && { kind, scope };
}
