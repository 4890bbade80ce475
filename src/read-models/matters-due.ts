import type { Day } from '#kinds/day.ts';
import { matterEntity } from '#kinds/matter.ts';
import { whistleOf } from '#kinds/whistle.ts';
import { isJsonObject } from '#records/json.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { ownerOf } from './matter-owners.ts';
import { isAnswerOverdue, whistlesOn } from './matter-progress.ts';
import { matterAt, type ListedMatter } from './matters.ts';

/** Whether someone should have been done with it by now, or today; undefined: later, or nobody has it to do. */
export function dueOf(
	{ stage, withdrawn }: Pick<ListedMatter, 'stage' | 'withdrawn'>,
	today: Day
): 'overdue' | 'today' | undefined {
	if (stage?.name !== 'doing' || withdrawn !== undefined || stage.due > today) return undefined;
	return stage.due === today ? 'today' : 'overdue';
}

/** What `account` has to be done with by today, of all that is known here; what is longest overdue first. */
export function mattersDue(records: RevisionSet, account: string, today: Day): readonly ListedMatter[] {
	return [...records.entities('matter')]
		.filter((entity) => isOwned(records, entity, account))
		.flatMap((entity) => matterAt(records, entity) ?? [])
		.filter((matter) => dueOf(matter, today))
		.sort(dueFirst);
}

/**
 * Open matters for which a department that was called should have answered before `today`: those that `account` has
 * to do, or called it for. Every matter once, by its entity.
 */
export function whistlesOverdue(records: RevisionSet, account: string, today: Day): readonly ListedMatter[] {
	const called = [...records.entities('whistle')].flatMap((entity) => {
		const named = whistleOf(entity);
		return named ? matterEntity(named.scope, named.matter) : [];
	});
	return [...new Set(called)]
		.sort()
		.flatMap((entity) => matterAt(records, entity) ?? [])
		.filter(({ stage, withdrawn }) => withdrawn === undefined && stage?.name !== 'evaluating')
		.filter((matter) =>
			whistlesOn(records, matter).some(
				(whistle) =>
					isAnswerOverdue(whistle, today) &&
					(whistle.first.author === account || ownerOf(matter)?.account === account)
			)
		);
}

/** Told without reading all of what a matter says: most are someone else's, and the first screen asks. */
function isOwned(records: RevisionSet, entity: string, account: string): boolean {
	const state = records.state('matter', entity);
	const stage = state.status === 'present' ? state.body['stage'] : undefined;
	const owner = isJsonObject(stage) ? stage['owner'] : undefined;
	return isJsonObject(owner) && owner['account'] === account;
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
