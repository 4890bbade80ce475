import type { ConventionOpinions } from '#read-models/convention-opinions.ts';
import type { Opinion } from '#read-models/opinions.ts';
import type { Scope } from '#records/scope.ts';
import type { AskedNow } from './asked-now.ts';

/** How far one has got with a household: 未问, 问了一部分, 已问. */
export type Progress = 'none' | 'some' | 'all';

/**
 * How far one has got with each household that said anything. A clause that was changed after a household read it
 * is to be asked again.
 */
export function progressIn(
	{ clauses, wishes, ratings }: ConventionOpinions,
	asked: AskedNow
): ReadonlyMap<Scope, Progress> {
	const inText = clauses.filter(({ line }) => line?.type === 'clause');
	const answers = new Map<Scope, number>();
	const spoke = new Set<Scope>();
	const note = (opinion: Opinion, isAnswer: boolean) => {
		if (opinion.status === 'withdrawn') return;
		spoke.add(opinion.household);
		if (isAnswer) answers.set(opinion.household, (answers.get(opinion.household) ?? 0) + 1);
	};
	if (asked.clauses)
		for (const { entries } of inText) for (const entry of entries) note(entry, entry.reading !== 'changed');
	if (asked.wishes) for (const wish of wishes) note(wish, !asked.rating && inText.length === 0);
	if (asked.rating) for (const rating of ratings?.entries ?? []) note(rating, true);
	const least = asked.clauses ? Math.max(1, inText.length) : 1;
	return new Map([...spoke].map((one) => [one, (answers.get(one) ?? 0) >= least ? 'all' : 'some']));
}
