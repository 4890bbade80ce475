import type { HandedOver } from '#access/devices-api.ts';
import { dayAt, type Day } from '#kinds/day.ts';
import { checkRevision } from '#records/check-revision.ts';
import type { Revision } from '#records/revision.ts';

/** Something handed over; without a `revision` when this version cannot read it. */
export interface HandoverItem {
	readonly handed: HandedOver;
	readonly revision: Revision | undefined;
}

/** What one person's devices handed over on one day. */
export interface HandoverGroup {
	readonly account: string;
	readonly day: Day;
	readonly items: readonly HandoverItem[];
}

/** By person, then by day, the latest day first; within a day in the order it was recorded. */
export function handoverGroups(all: readonly HandedOver[]): readonly HandoverGroup[] {
	const items = all.map((handed) => ({ handed, revision: revisionOf(handed) }));
	const groups = Map.groupBy(items, ({ handed }) => `${dayAt(new Date(handed.at))} ${handed.account}`);
	return [...groups.values()]
		.flatMap((group) => {
			const [first] = group;
			if (!first) return [];
			const { account, at } = first.handed;
			return [{ account, day: dayAt(new Date(at)), items: group.toSorted(byRecorded) }];
		})
		.sort((one, other) => {
			if (one.account !== other.account) return one.account < other.account ? -1 : 1;
			return one.day < other.day ? 1 : -1;
		});
}

export function isOpen({ decided }: HandedOver): boolean {
	return decided === undefined;
}

function revisionOf({ record }: HandedOver): Revision | undefined {
	const checked = checkRevision(record);
	return checked.ok ? checked.revision : undefined;
}

function byRecorded(one: HandoverItem, other: HandoverItem): number {
	return (one.revision?.at ?? '') < (other.revision?.at ?? '') ? -1 : 1;
}
