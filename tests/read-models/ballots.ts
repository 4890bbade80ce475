import { conventionEntity } from '#kinds/convention.ts';
import type { Ballot } from '#kinds/convention-stage.ts';
import { toDay } from '#kinds/day.ts';
import { policyOf } from '#kinds/kinds.ts';
import { usualPassRule } from '#kinds/pass-rule.ts';
import { voteEntity, type VoteChoice } from '#kinds/vote.ts';
import type { Signature } from '#kinds/signature.ts';
import { hashOfJson, type Hash } from '#records/hash.ts';
import { seal, type Revision, type RevisionContent } from '#records/revision.ts';
import { RevisionSet } from '#records/revision-set.ts';
import { childScope, toScope } from '#records/scope.ts';

/** A made-up courtyard of fourteen households, `h01` to `h14`, and a vote there from 20 to 23 November. */
export const courtyard = toScope('qianmen/caochang/g3/c12');
export const convention = { entity: conventionEntity(courtyard, 'gongyue0001'), scope: courtyard };
export const text = hashOfJson('the text voted on');
export const doors = Array.from({ length: 14 }, (_, index) => `h${String(index + 1).padStart(2, '0')}`);
export const ballot: Ballot = {
	id: 'ballot0001',
	text,
	voters: doors,
	rule: usualPassRule,
	opens: toDay('2026-11-20'),
	closes: toDay('2026-11-23')
};

/** A vote of the household behind `door`, or its withdrawal; by default given on 21 November at ten. */
export function vote(
	door: string,
	body: { readonly choice?: VoteChoice; readonly text?: Hash; readonly signature?: Signature } | null,
	more: Partial<RevisionContent> = {},
	on: readonly Revision[] = []
): Revision {
	const household = childScope(courtyard, door);
	const content = {
		kind: 'vote',
		entity: voteEntity(household, 'gongyue0001', ballot.id),
		parents: on.map(({ hash }) => hash).sort(),
		scope: household,
		author: 'worker1',
		device: 'phone1',
		at: '2026-11-21T02:00:00.000Z',
		body: body && { choice: 'agree', text, ...body }
	};
	return seal(body ? { ...content, ...more } : { ...content, reason: 'not meant', ...more });
}

/** An instant on a day of November 2026, Beijing's time. */
export function november(day: number, hour: number): string {
	return new Date(Date.UTC(2026, 10, day, hour - 8)).toISOString();
}

export function holding(...revisions: readonly Revision[]): RevisionSet {
	const records = new RevisionSet(policyOf);
	records.add(revisions);
	return records;
}
