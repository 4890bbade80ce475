import { conventionEntity } from '#kinds/convention.ts';
import { policyOf } from '#kinds/kinds.ts';
import { opinionEntity } from '#kinds/opinion.ts';
import { conventionOpinions, type ConventionOpinions } from '#read-models/convention-opinions.ts';
import { householdsOf } from '#read-models/convention-list.ts';
import { conventionState } from '#read-models/convention-state.ts';
import type { OpinionReader } from '#read-models/opinions.ts';
import type { Hash } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import { RevisionSet } from '#records/revision-set.ts';
import { seal, type Revision, type RevisionContent } from '#records/revision.ts';
import { childScope, toScope, type Scope } from '#records/scope.ts';

/** A made-up courtyard with a convention of two clauses. */
export const courtyard = toScope('qianmen/caochang/g3/c12');
export const conventionId = 'conven01';
export const entity = conventionEntity(courtyard, conventionId);
export const clauseIds = ['clause01', 'clause02'] as const;

/** `h1`, `h2`, … of the courtyard. */
export function door(number: number): Scope {
	return childScope(courtyard, `h${number}`);
}

export function roster(count: number): readonly Revision[] {
	return Array.from({ length: count }, (_, index) => {
		const scope = door(index + 1);
		return written({
			kind: 'household',
			entity: scope.replaceAll('/', '.'),
			scope,
			body: { door: `${index + 1}号` }
		});
	});
}

export function conventionText(
	texts: readonly string[],
	more: Partial<RevisionContent> = {},
	stage: JsonObject = { name: 'deliberating' }
): Revision {
	const clauses = texts.map((text, index) => ({ id: `clause0${index + 1}`, place: `a${index}`, text }));
	const rule = { turnout: '1/2', agree: '2/3' };
	const body = { title: '示例公约', type: 'convention', clauses, rule, stage };
	return written({ kind: 'convention', entity, scope: courtyard, body, ...more });
}

/** `on`: what it was written over. */
export function opinion(
	household: Scope,
	topic: string,
	body: JsonObject | null,
	{
		minute = 1,
		author = 'worker1',
		on = []
	}: { minute?: number; author?: string; on?: readonly Revision[] } = {}
): Revision {
	return written({
		kind: 'opinion',
		entity: opinionEntity(household, conventionId, topic),
		scope: household,
		parents: on.map(({ hash }) => hash).sort(),
		author,
		at: `2026-11-23T01:${String(minute).padStart(2, '0')}:00.000Z`,
		body,
		...(body === null && { reason: 'thought better of it' })
	});
}

export function view(said: string, seen: Hash, words?: string): JsonObject {
	return { about: 'clause', view: said, ...(words !== undefined && { words }), seen };
}

export function holding(revisions: Iterable<Revision>): RevisionSet {
	const records = new RevisionSet(policyOf);
	records.add(revisions);
	return records;
}

/** What everything known comes to. @throws Error when the convention is not among it. */
export function opinionsIn(records: RevisionSet, reader?: OpinionReader): ConventionOpinions {
	const state = conventionState(records, entity);
	if (!state) throw new Error(`no convention ${entity}`);
	return conventionOpinions(records, state, householdsOf(records, state), reader);
}

function written(
	content: Pick<RevisionContent, 'kind' | 'entity' | 'scope' | 'body'> & Partial<RevisionContent>
): Revision {
	return seal({ parents: [], author: 'office', device: 'desk1', at: '2026-11-01T00:00:00.000Z', ...content });
}
