import { checkInEntity } from '#kinds/check-in.ts';
import { toDay } from '#kinds/day.ts';
import { policyOf } from '#kinds/kinds.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision, type RevisionContent } from '#records/revision.ts';
import { RevisionSet } from '#records/revision-set.ts';
import { toScope } from '#records/scope.ts';

/** A made-up grid: two courtyards, the first with three households, the second with one. */
export const grid = toScope('qianmen/caochang/g3');
export const firstCourtyard = toScope('qianmen/caochang/g3/c1');
export const secondCourtyard = toScope('qianmen/caochang/g3/c2');

function place(kind: string, path: string, body: JsonObject): Revision {
	return seal({
		kind,
		entity: path.replaceAll('/', '.'),
		parents: [],
		scope: toScope(path),
		author: 'office',
		device: 'desk1',
		at: '2026-11-01T00:00:00.000Z',
		body
	});
}

export function neighbourhood(): RevisionSet {
	const records = new RevisionSet(policyOf);
	records.add([
		place('area', 'qianmen/caochang/g3', { name: '第三网格' }),
		place('courtyard', 'qianmen/caochang/g3/c1', { name: '示例胡同12号' }),
		place('courtyard', 'qianmen/caochang/g3/c2', { name: '示例胡同2号' }),
		place('household', 'qianmen/caochang/g3/c1/h10', { door: '10号' }),
		place('household', 'qianmen/caochang/g3/c1/h2', { door: '2号', head: '示例乙' }),
		place('household', 'qianmen/caochang/g3/c1/h3', { number: '3' }),
		place('household', 'qianmen/caochang/g3/c2/h1', {}),
		place('household', 'qianmen/dajiang/g1/c1/h1', { door: 'elsewhere' })
	]);
	return records;
}

/** A check-in of the first courtyard's household `h…`, or of `c2/h1`. */
export function checkIn(
	household: string,
	day: string,
	body: JsonObject,
	more: Partial<RevisionContent> = {}
): Revision {
	const scope = toScope(`qianmen/caochang/g3/${household}`);
	return seal({
		kind: 'check-in',
		entity: checkInEntity(scope, toDay(day)),
		parents: [],
		scope,
		author: 'worker1',
		device: 'phone1',
		at: `${day}T02:00:00.000Z`,
		body,
		...more
	});
}

export function observed(quality: string, streams: readonly string[] = []): JsonObject {
	return { observed: { quality, streams } };
}
