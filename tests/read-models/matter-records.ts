import { policyOf } from '#kinds/kinds.ts';
import { matterEntity } from '#kinds/matter.ts';
import type { MatterStage } from '#kinds/matter-stage.ts';
import { toDay } from '#kinds/day.ts';
import { matterAt, type ListedMatter } from '#read-models/matters.ts';
import type { JsonObject } from '#records/json.ts';
import { RevisionSet } from '#records/revision-set.ts';
import { seal, type Revision, type RevisionContent } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { overTheWire } from '../parsed-json.ts';

/** The made-up courtyard and the matter that the tests follow. */
export const courtyard = toScope('qianmen/caochang/g3/c12');
export const id = 'matter0001';
export const entity = matterEntity(courtyard, id);

const owner = { name: '网格员甲', account: 'worker1' };
const due = toDay('2026-11-25');

/** The stages of a matter as the tests write them. */
export const stages = {
	deliberating: { name: 'deliberating' },
	decided: { name: 'decided', decision: '装一个分类亭' },
	doing: { name: 'doing', owner, due, round: 1 },
	evaluating: { name: 'evaluating', owner, due, round: 1, result: '装好了', day: toDay('2026-11-24') },
	again: { name: 'doing', owner, due: toDay('2026-12-05'), round: 2, because: '门关不上' }
} as const satisfies Readonly<Record<string, MatterStage>>;

/** A record by `author`, on top of `on`. `minute`: of 09:00 UTC. */
export function recorded(
	author: string,
	minute: number,
	on: readonly Revision[],
	body: JsonObject | null,
	more: Partial<RevisionContent> = {}
): Revision {
	return seal({
		kind: 'matter',
		entity,
		parents: on.map(({ hash }) => hash).sort(),
		scope: courtyard,
		author,
		device: `${author}-phone`,
		at: `2026-11-23T09:${String(minute).padStart(2, '0')}:00.000Z`,
		body,
		...(body ? {} : { reason: '重复了' }),
		...more
	});
}

/** The matter as someone saved it, at a stage. */
export function at(
	stage: MatterStage | undefined,
	author: string,
	minute: number,
	on: readonly Revision[] = [],
	more: JsonObject = {}
): Revision {
	return recorded(author, minute, on, {
		text: '垃圾桶没盖',
		...(stage && { stage: overTheWire(stage) }),
		...more
	});
}

export function holding(...revisions: readonly Revision[]): RevisionSet {
	const records = new RevisionSet(policyOf);
	records.add(revisions);
	return records;
}

/** The matter as these records have it. */
export function read(records: RevisionSet): ListedMatter {
	const matter = matterAt(records, entity);
	if (!matter) throw new Error('no matter');
	return matter;
}
