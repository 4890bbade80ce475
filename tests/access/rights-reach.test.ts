import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isGrantable, roles, type Grant } from '#access/grant.ts';
import { idRanges, reachIn } from '#access/rights-reach.ts';
import { mayRead, mayReadId, mayReadNode, readsAllOf } from '#access/rights.ts';
import { toDay } from '#kinds/day.ts';
import { kinds } from '#kinds/kinds.ts';
import { databaseOf, scopeOfDatabase } from '#records/database-name.ts';
import { toScope, type Scope } from '#records/scope.ts';
import { places, seededRecords } from '../contract/rights/sample-records.ts';
import { foldRuns } from '../property-runs.ts';

const records = seededRecords('li');
const nodes = [...new Set(places.map(databaseOf))].map((name) => scopeOfDatabase(name) ?? toScope('none'));
const grants = fc.array(
	fc
		.record({ role: fc.constantFrom(...roles), scope: fc.constantFrom(...places) })
		.filter(({ role, scope }) => isGrantable(role, scope)),
	{ maxLength: 4 }
);

describe('the rules agree: for any grants', () => {
	const check = (law: (held: readonly Grant[], node: Scope) => void) =>
		fc.assert(fc.property(grants, fc.constantFrom(...nodes), law), { numRuns: foldRuns });
	const recordsOf = (node: Scope) => records.filter(({ scope }) => databaseOf(scope) === databaseOf(node));

	it('an id tells who may read as the record does', () => {
		check((held, node) => {
			for (const { _id, kind, scope } of recordsOf(node))
				expect(mayReadId(held, _id)).toBe(mayRead(held, kind, scope));
		});
	});

	it('everything that may be read lies in the ranges of its database', () => {
		check((held, node) => {
			const ranges = reachIn(held, node).flatMap(idRanges);
			for (const { _id } of recordsOf(node)) {
				if (!mayReadId(held, _id)) continue;
				expect([_id, ranges.some(({ from, to }) => _id >= from && _id <= to)]).toEqual([_id, true]);
			}
		});
	});

	it('what may be read lies in a database that may be opened', () => {
		check((held, node) => {
			if (recordsOf(node).some(({ _id }) => mayReadId(held, _id))) expect(mayReadNode(held, node)).toBe(true);
			if (!mayReadNode(held, node)) expect(reachIn(held, node)).toEqual([]);
		});
	});

	it('who reads all of a database may read each record in it', () => {
		check((held, node) => {
			if (!readsAllOf(held, node)) return;
			for (const { _id } of recordsOf(node)) expect([_id, mayReadId(held, _id)]).toEqual([_id, true]);
		});
	});

	it('the reach does not depend on the order of the grants, on repetitions or on their ends', () => {
		check((held, node) => {
			const ending = held.toReversed().map((grant) => ({ ...grant, until: toDay('2026-12-31') }));
			expect(reachIn([...ending, ...held], node)).toEqual(reachIn(held, node));
		});
	});
});

it('ids of no kind known here are nobody’s', () => {
	const all = places.flatMap((scope) =>
		roles.filter((role) => isGrantable(role, scope)).map((role) => ({ role, scope }))
	);
	for (const id of ['', 'photo:00', '_design/x', 'wish:qianmen:00', 'check-in', 'check-in::'])
		expect([id, mayReadId(all, id)]).toEqual([id, false]);
	expect(kinds.has('wish')).toBe(false);
});
