import type { Clause } from '#kinds/clause.ts';
import { sameJson } from '#records/hash.ts';

/** How many clauses a draft changes. A clause that merely stands elsewhere counts as moved. */
export interface ClauseChanges {
	readonly added: number;
	readonly removed: number;
	readonly reworded: number;
	readonly moved: number;
}

export function clauseChanges(before: readonly Clause[], after: readonly Clause[]): ClauseChanges {
	const had = new Map(before.map((clause) => [clause.id, clause]));
	const has = new Set(after.map(({ id }) => id));
	const kept = after.flatMap((clause) => {
		const earlier = had.get(clause.id);
		return earlier ? [{ earlier, clause }] : [];
	});
	const reworded = kept.filter(({ earlier, clause }) => !sameJson(wordsOf(earlier), wordsOf(clause)));
	const elsewhere = kept.filter(({ earlier, clause }) => earlier.place !== clause.place);
	return {
		added: after.length - kept.length,
		removed: before.filter(({ id }) => !has.has(id)).length,
		reworded: reworded.length,
		moved: elsewhere.length
	};
}

function wordsOf({ heading = '', text }: Clause): readonly string[] {
	return [heading, text];
}
