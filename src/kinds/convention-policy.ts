import type { MergeField, MergePolicy } from '#records/merge-policy.ts';
import { joinSets, joinTexts } from '#records/merge-rules.ts';
import { joinClauses, writable } from './clause-merging.ts';
import { itemPathOf, itemsById } from './items-by-id.ts';
import { longText } from './text.ts';

const clausePath = /^\/clauses\/([^/]+)$/;

/** The path under which a clause merges. */
export function clausePathOf(id: string): string {
	return itemPathOf('clauses', id);
}

/** The id of the clause that merges under `path`, undefined for other fields. */
export function clauseIdOfPath(path: string): string | undefined {
	return clausePath.exec(path)?.[1];
}

const joinPreambles: MergeField = (base, sides) => writable(longText, joinTexts(base, sides));

/** For all its households and for some courtyards are different things, and for none is neither. */
const joinCourtyards: MergeField = (base, sides) => {
	if (![base, ...sides].every(Array.isArray)) return undefined;
	const joined = joinSets(base, sides);
	return Array.isArray(joined?.value) && joined.value.length > 0 ? joined : undefined;
};

/**
 * How two people's work on one convention comes together. Each clause is a field, by its id; so is the stage, with
 * all that goes with it. Within a clause two texts are joined where the edits do not touch; a clause that one took
 * out and another reworded is a doubt.
 */
export const conventionPolicy: MergePolicy = itemsById({
	list: 'clauses',
	mergeItem: joinClauses,
	whole: ['stage'],
	rules: { '/preamble': joinPreambles, '/courtyards': joinCourtyards }
});
