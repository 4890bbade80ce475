import type { ReadableDatabase } from '../storage/database.ts';
import type { StoredDoc } from '../storage/stored-doc.ts';

export interface OpenRevsOptions {
	/** Give the leaves that a revision has become, rather than the revision. */
	readonly latest: boolean;
	readonly revs: boolean;
	/** With bytes rather than stubs. */
	readonly attachments: boolean;
}

export type OpenRev = { readonly ok: StoredDoc } | { readonly missing: string };

/** CouchDB's `open_revs`: the leaves of a document's tree, or the revisions named. */
export async function openRevs(
	database: ReadableDatabase,
	id: string,
	wanted: 'all' | readonly string[],
	options: OpenRevsOptions
): Promise<readonly OpenRev[]> {
	const { revs, attachments, latest } = options;
	if (wanted === 'all') return (await database.leaves(id, { revs, attachments })).map((ok) => ({ ok }));
	if (latest) return await latestRevs(database, id, wanted, options);
	return await Promise.all(
		wanted.map(async (rev) => {
			const found = await database.get(id, { rev, revs, attachments });
			return found.found ? { ok: found.doc } : { missing: rev };
		})
	);
}

async function latestRevs(
	database: ReadableDatabase,
	id: string,
	wanted: readonly string[],
	{ revs, attachments }: OpenRevsOptions
): Promise<readonly OpenRev[]> {
	const leaves = await database.leaves(id, { revs: true, attachments });
	const asked = wanted.map((rev) => ({ rev, leaves: leaves.filter((leaf) => pathOf(leaf).includes(rev)) }));
	const found = new Set(asked.flatMap((one) => one.leaves));
	const missing = asked.filter((one) => one.leaves.length === 0);
	return [
		...[...found].map((leaf) => ({ ok: revs ? leaf : withoutPath(leaf) })),
		...missing.map(({ rev }) => ({ missing: rev }))
	];
}

/** A revision and its ancestors as `<generation>-<digest>`, newest first, from its `_revisions`. */
export function pathOf({ _rev, _revisions }: StoredDoc): readonly string[] {
	if (typeof _revisions !== 'object' || _revisions === null) return [_rev];
	if (!('start' in _revisions) || !('ids' in _revisions)) return [_rev];
	const { start, ids } = _revisions;
	if (typeof start !== 'number' || !Array.isArray(ids)) return [_rev];
	return ids.map((digest, index) => `${start - index}-${digest}`);
}

function withoutPath({ _revisions, ...doc }: StoredDoc): StoredDoc {
	return { ...doc, _id: doc._id, _rev: doc._rev };
}
