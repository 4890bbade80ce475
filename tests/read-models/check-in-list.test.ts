import { expect, test } from 'vitest';
import { checkInEntity } from '#kinds/check-in.ts';
import { addDays, toDay, type Day } from '#kinds/day.ts';
import { entityOfScope } from '#kinds/kind.ts';
import { policyOf } from '#kinds/kinds.ts';
import { checkInsIn } from '#read-models/check-in-list.ts';
import { participation } from '#read-models/participation.ts';
import { unvisited } from '#read-models/unvisited.ts';
import type { JsonObject } from '#records/json.ts';
import { RevisionSet } from '#records/revision-set.ts';
import { seal, type Revision } from '#records/revision.ts';
import { childScope, toScope, type Scope } from '#records/scope.ts';

const grid = toScope('qianmen/caochang/g3');
const courtyard = childScope(grid, 'c12');
const [first, second, third] = ['h01', 'h02', 'h03'].map((name) => childScope(courtyard, name));
const today = toDay('2026-11-23');

function written(
	kind: string,
	entity: string,
	scope: Scope,
	body: JsonObject | null,
	author = 'wang',
	on: readonly Revision[] = []
): Revision {
	const parents = on.map(({ hash }) => hash);
	const at = '2026-11-02T02:00:00.000Z';
	const content = { kind, entity, parents, scope, author, device: 'phone', at, body };
	return seal(body ? content : { ...content, reason: 'wrong door' });
}

function checkIn(scope: Scope, day: Day, quality: string, author?: string, on?: readonly Revision[]) {
	return written('check-in', checkInEntity(scope, day), scope, { observed: { quality } }, author, on);
}

function roster(...scopes: readonly (Scope | undefined)[]): RevisionSet {
	const records = new RevisionSet(policyOf);
	records.add(
		scopes
			.filter((scope) => scope !== undefined)
			.map((scope) => written('household', entityOfScope(scope), scope, {}))
	);
	return records;
}

test('the list has what stands in the period, the latest day first', () => {
	if (!first || !second) throw new Error('no households');
	const records = roster(first, second);
	const early = checkIn(first, addDays(today, -1), 'mixed');
	const mistaken = checkIn(second, today, 'correct');
	records.add([
		early,
		checkIn(first, addDays(today, -1), 'correct', 'li', [early]),
		checkIn(first, today, 'unsorted'),
		mistaken,
		written('check-in', mistaken.entity, second, null, 'wang', [mistaken]),
		checkIn(second, addDays(today, -40), 'correct')
	]);
	const listed = checkInsIn(records, [grid], { from: addDays(today, -7), to: today });
	expect(listed.map(({ day, quality, authors }) => [day, quality, authors])).toEqual([
		['2026-11-23', 'unsorted', ['wang']],
		['2026-11-22', 'correct', ['li']]
	]);
	expect(checkInsIn(records, [toScope('qianmen/dajiang')], { from: today, to: today })).toEqual([]);
});

test('a household is unvisited from the day the days are full, and one never seen comes first', () => {
	if (!first || !second || !third) throw new Error('no households');
	const records = roster(first, second, third);
	records.add([
		checkIn(first, addDays(today, -7), 'correct'),
		checkIn(second, addDays(today, -6), 'correct')
	]);
	const { lastVisits } = participation(records, [grid], { from: today, to: today });
	const found = unvisited(records, [grid], lastVisits, today, 7);
	expect(found.map(({ household, days }) => [household.scope, days])).toEqual([
		[third, undefined],
		[first, 7]
	]);
});
