import { expect, test } from 'vitest';
import { checkInEntity } from '#kinds/check-in.ts';
import { toDay } from '#kinds/day.ts';
import { entityOfScope } from '#kinds/kind.ts';
import { policyOf } from '#kinds/kinds.ts';
import { courtyardMonth } from '#read-models/courtyard-month.ts';
import type { JsonObject } from '#records/json.ts';
import { RevisionSet } from '#records/revision-set.ts';
import { seal } from '#records/revision.ts';
import { childScope, toScope, type Scope } from '#records/scope.ts';

const courtyard = toScope('qianmen/caochang/g3/c12');
const elsewhere = toScope('qianmen/caochang/g3/c13/h01');
const [first, second] = [childScope(courtyard, 'h01'), childScope(courtyard, 'h02')];

function written(kind: string, entity: string, scope: Scope, body: JsonObject) {
	const at = '2026-11-02T02:00:00.000Z';
	return seal({ kind, entity, parents: [], scope, author: 'wang', device: 'phone', at, body });
}
const household = (scope: Scope) => written('household', entityOfScope(scope), scope, {});
const checkIn = (scope: Scope, day: string, quality: string) =>
	written('check-in', checkInEntity(scope, toDay(day)), scope, { observed: { quality } });

test('a courtyard’s day counts its own households, and the correct ones among them', () => {
	const records = new RevisionSet(policyOf);
	records.add([
		...[first, second, elsewhere].map(household),
		checkIn(first, '2026-11-02', 'correct'),
		checkIn(second, '2026-11-02', 'mixed'),
		checkIn(elsewhere, '2026-11-02', 'correct'),
		checkIn(first, '2026-11-30', 'correct'),
		checkIn(first, '2026-12-01', 'correct')
	]);
	const month = courtyardMonth(records, courtyard, '2026-11');
	expect(month.households).toBe(2);
	expect(month.days).toHaveLength(30);
	expect(month.days.filter(({ done }) => done > 0)).toEqual([
		{ day: '2026-11-02', done: 2, correct: 1 },
		{ day: '2026-11-30', done: 1, correct: 1 }
	]);
});
