import type { MatterOwner } from '#kinds/matter-stage.ts';
import type { Revision } from '#records/revision.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';
import { mattersAround, type ListedMatter } from './matters.ts';

/** Kinds that only offices and workers write. */
const written = [
	...['meeting', 'minute', 'convention', 'progress', 'whistle', 'publication'],
	...['act', 'redemption', 'courtyard']
];

/**
 * Accounts of offices and workers, as far as the records here tell: who wrote what only they may, who saw at a door
 * how it is sorted, and whose matters there are around `places`. Sorted.
 */
export function staffKnown(records: RevisionSet, places: readonly Scope[]): readonly string[] {
	const authors = written.flatMap((kind) => authorsOf(records, kind, () => true));
	const visitors = authorsOf(records, 'check-in', ({ body }) => body?.['observed'] !== undefined);
	const owners = mattersAround(records, places).flatMap((matter) => ownerOf(matter)?.account ?? []);
	return [...new Set([...authors, ...visitors, ...owners])].sort();
}

function authorsOf(
	records: RevisionSet,
	kind: string,
	tells: (revision: Revision) => boolean
): readonly string[] {
	const authors = new Set<string>();
	for (const entity of records.entities(kind))
		for (const revision of records.revisions(kind, entity))
			if (!authors.has(revision.author) && tells(revision)) authors.add(revision.author);
	return [...authors];
}

/** Who sees to some of `matters`, with how many; accounts apart from names that were only typed. Sorted by name. */
export function ownersOf(
	matters: readonly ListedMatter[]
): readonly { readonly key: string; readonly name: string; readonly count: number }[] {
	const owners = matters.flatMap((matter) => ownerOf(matter) ?? []);
	const byKey = Map.groupBy(owners, ownerKey);
	return [...byKey]
		.flatMap(([key, [first, ...more]]) => (first ? { key, name: first.name, count: 1 + more.length } : []))
		.toSorted((a, b) => (a.name === b.name ? 0 : a.name < b.name ? -1 : 1));
}

/** Undefined: nobody has it to do, or it is in doubt who. */
export function ownerOf({ stage }: Pick<ListedMatter, 'stage'>): MatterOwner | undefined {
	return stage && 'owner' in stage ? stage.owner : undefined;
}

/** The same for what is the same owner's: an account is told apart from a name that was only typed. */
export function ownerKey({ account, name }: MatterOwner): string {
	return account === undefined ? `name:${name}` : `account:${account}`;
}
