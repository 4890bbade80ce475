import { withAncestors } from '#records/ancestry.ts';
import type { Hash } from '#records/hash.ts';
import type { Revision } from '#records/revision.ts';
import { confirmedIn } from './rights.ts';

/**
 * What someone who may not confirm builds on: of the revisions of one entity, those without confirmed members
 * that no other such was built on, directly or not, in hash order. `writeRefusal` lets such records pass, and
 * what was confirmed beside or on top of them still stands.
 */
export function unconfirmedHeads(revisions: Iterable<Revision>): readonly Hash[] {
	const history = new Map([...revisions].map((revision) => [revision.hash, revision]));
	const open = [...history.values()].filter((revision) => confirmedIn(revision).length === 0);
	const seen = new Set(
		open.flatMap(({ parents }) => parents.flatMap((hash) => [...withAncestors(history, hash)]))
	);
	return open
		.map(({ hash }) => hash)
		.filter((hash) => !seen.has(hash))
		.sort();
}
