import { parentsFirst } from '#records/ancestry.ts';
import { policyOf } from '#kinds/kinds.ts';
import { sameJson } from '#records/hash.ts';
import type { Json } from '#records/json.ts';
import type { Revision } from '#records/revision.ts';
import type { RevisionSet } from '#records/revision-set.ts';

/** A field that a revision set, changed or took out. `path` is a JSON Pointer into the body. */
export interface Change {
	readonly path: string;
	/** What each revision it was built on said, where they said anything; [] for a first entry. */
	readonly before: readonly Json[];
	readonly after?: Json;
}

/** One step of an entity's history: the record as it was written, and what it changed. */
export interface HistoryEntry {
	readonly revision: Revision;
	readonly changes: readonly Change[];
}

/** Everything ever recorded about an entity, what came last first. */
export function historyOf(records: RevisionSet, kind: string, entity: string): readonly HistoryEntry[] {
	const revisions = new Map(
		[...records.revisions(kind, entity)].map((revision) => [revision.hash, revision])
	);
	return parentsFirst(revisions)
		.flatMap((hash) => revisions.get(hash) ?? [])
		.map((revision) => historyEntry(records, revision))
		.reverse();
}

/** One revision with what it changed of those it was built on, as far as these are held. */
export function historyEntry(records: RevisionSet, revision: Revision): HistoryEntry {
	const parents = revision.parents.flatMap(
		(parent) => records.revision(revision.kind, revision.entity, parent) ?? []
	);
	return { revision, changes: changesOf(revision, parents) };
}

function changesOf(revision: Revision, parents: readonly Revision[]): readonly Change[] {
	const policy = policyOf(revision.kind);
	const after = policy.split(revision.body ?? {});
	const before = parents.map(({ body }) => policy.split(body ?? {}));
	const paths = new Set([...before.flatMap((fields) => [...fields.keys()]), ...after.keys()]);
	return [...paths].sort().flatMap((path) => {
		const value = after.get(path);
		if (parents.length > 0 && before.every((fields) => sameJson(fields.get(path), value))) return [];
		const said = before.map((fields) => fields.get(path)).filter((told) => told !== undefined);
		return [value === undefined ? { path, before: said } : { path, before: said, after: value }];
	});
}
