import { keyedEntity } from '#kinds/kind.ts';
import { kinds } from '#kinds/kinds.ts';
import { progressOf } from '#kinds/progress.ts';
import { checkRevision } from '#records/check-revision.ts';
import { revisionId, type Revision } from '#records/revision.ts';
import { storedRecords } from '../storage/stored-records.ts';
import type { Database } from '../storage/database.ts';

/** The document of this id in the same request, once it is certain that it is taken. */
export type InBatch = (id: string) => Promise<unknown>;

/**
 * What a record was built on, as far as it is in the database or comes with it: its parents, of a kind with stages
 * all there is about the entity, and of progress all there is about it and its matter. A record can wait for its parents only: none is its own ancestor.
 */
export async function pastIn(
	database: Database,
	taken: InBatch,
	{ kind, entity, parents }: Revision
): Promise<readonly Revision[]> {
	const past = new Map<string, Revision>();
	const named = kind === 'progress' ? progressOf(entity) : undefined;
	const stored = named
		? [
				...(await storedRecords(database, `progress:${entity}:`)),
				...(await storedRecords(database, `matter:${keyedEntity(named.scope, named.matter)}:`))
			]
		: kinds.get(kind)?.stage
			? await storedRecords(database, `${kind}:${entity}:`)
			: await storedParents(database, { kind, entity, parents });
	for (const revision of stored) past.set(revision.hash, revision);
	const rest = [...parents];
	for (let hash = rest.pop(); hash !== undefined; hash = rest.pop()) {
		if (past.has(hash)) continue;
		const checked = checkRevision(await taken(revisionId(kind, entity, hash)));
		if (!checked.ok) continue;
		past.set(hash, checked.revision);
		rest.push(...checked.revision.parents);
	}
	return [...past.values()];
}

async function storedParents(
	database: Database,
	{ kind, entity, parents }: Pick<Revision, 'kind' | 'entity' | 'parents'>
): Promise<readonly Revision[]> {
	const keys = parents.map((hash) => revisionId(kind, entity, hash));
	const { rows } = await database.allDocs({ keys, include_docs: true });
	return rows.flatMap((row) => {
		const checked = 'doc' in row && row.doc ? checkRevision(row.doc) : undefined;
		return checked?.ok ? [checked.revision] : [];
	});
}
