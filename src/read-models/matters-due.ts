import type { Day } from '#kinds/day.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';
import { mattersAround, type ListedMatter } from './matters.ts';

/** Whether someone should have been done with it by now, or today; undefined: later, or nobody has it to do. */
export function dueOf(
	{ stage, withdrawn }: Pick<ListedMatter, 'stage' | 'withdrawn'>,
	today: Day
): 'overdue' | 'today' | undefined {
	if (stage?.name !== 'doing' || withdrawn !== undefined || stage.due > today) return undefined;
	return stage.due === today ? 'today' : 'overdue';
}

/** What `account` has to be done with by today, what is longest overdue first. */
export function mattersDue(
	records: RevisionSet,
	places: readonly Scope[],
	account: string,
	today: Day
): readonly ListedMatter[] {
	return mattersAround(records, places)
		.filter(({ stage }) => stage?.name === 'doing' && stage.owner.account === account)
		.filter((matter) => dueOf(matter, today))
		.sort(dueFirst);
}

/** For sorting: what is due first comes first, what nobody has to do last. */
export function dueFirst(a: ListedMatter, b: ListedMatter): number {
	const [one, other] = [dayOf(a), dayOf(b)];
	if (one !== other) return one < other ? -1 : 1;
	return 0;
}

function dayOf({ stage, withdrawn }: ListedMatter): string {
	return stage?.name === 'doing' && withdrawn === undefined ? stage.due : 'z';
}
