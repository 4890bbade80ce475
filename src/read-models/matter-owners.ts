import type { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';
import { mattersAround } from './matters.ts';

/** Kinds that only offices and workers write. */
const written = ['meeting', 'convention', 'progress', 'whistle', 'publication'] as const;

/**
 * Accounts of offices and workers, as far as the records here tell: who wrote what only they may, and whose matters
 * there are around `places`. Sorted.
 */
export function staffKnown(records: RevisionSet, places: readonly Scope[]): readonly string[] {
	const authors = written.flatMap((kind) =>
		[...records.entities(kind)].flatMap((entity) =>
			[...records.revisions(kind, entity)].map(({ author }) => author)
		)
	);
	const owners = mattersAround(records, places).flatMap(({ stage }) =>
		stage && 'owner' in stage ? (stage.owner.account ?? []) : []
	);
	return [...new Set([...authors, ...owners])].sort();
}
