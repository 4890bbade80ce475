import { clausePathOf } from '#kinds/convention-policy.ts';
import { conventionEntity } from '#kinds/convention.ts';
import { policyOf } from '#kinds/kinds.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision, type RevisionContent } from '#records/revision.ts';
import { RevisionSet } from '#records/revision-set.ts';
import { toScope } from '#records/scope.ts';

export const yard = toScope('qianmen/caochang/g3/c1');
export const entity = conventionEntity(yard, 'sorting1');

/** Ids of clauses, with their paths as fields. */
export const [first, second, third] = ['clause01', 'clause02', 'clause03'] as const;
export const pathOf = clausePathOf;

export function clause(id: string, place: string, text: string): JsonObject {
	return { id, place, text };
}

/** The made-up text that the tests begin with. */
export const twoClauses = [
	clause(first, 'a0', '厨余垃圾要沥干水分再投放。'),
	clause(second, 'a1', '大件垃圾不堆放在院门口。')
];

export function textBody(clauses: readonly JsonObject[] = twoClauses, more: JsonObject = {}): JsonObject {
	return {
		title: '垃圾分类公约',
		type: 'convention',
		clauses,
		rule: { turnout: '1/2', agree: '2/3' },
		stage: { name: 'drafting' },
		...more
	};
}

/** A convention as `author` saved it on top of `on`. `minute`: of 09:00 UTC. */
export function savedBy(
	author: string,
	minute: number,
	on: readonly Revision[],
	body: JsonObject | null,
	more: Partial<RevisionContent> = {}
): Revision {
	return seal({
		kind: 'convention',
		entity,
		parents: on.map(({ hash }) => hash).sort(),
		scope: yard,
		author,
		device: `phone-${author}`,
		at: `2026-11-23T09:${String(minute).padStart(2, '0')}:00.000Z`,
		body,
		...more
	});
}

export function holding(...revisions: readonly Revision[]): RevisionSet {
	const records = new RevisionSet(policyOf);
	records.add(revisions);
	return records;
}
