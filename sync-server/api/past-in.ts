import { kinds } from '#kinds/kinds.ts';
import { checkRevision } from '#records/check-revision.ts';
import { revisionId, type Revision } from '#records/revision.ts';
import { storedRecords } from '../storage/stored-records.ts';
import type { Database } from '../storage/database.ts';

/** The document of this id in the same request, once it is certain that it is taken. */
export type InBatch = (id: string) => Promise<unknown>;

/**
 * What a record was built on, as far as it is in the database or comes with it: its parents, and of a kind with stages
 * all there is about the entity. A record can wait for its parents only: none is its own ancestor.
 */
export async function pastIn(
	database: Database,
	taken: InBatch,
	{ kind, entity, parents }: Revision
): Promise<readonly Revision[]> {
	const past = new Map<string, Revision>();
	const stored = kinds.get(kind)?.stage
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
