import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatGrant, grantsOf, isGrantable, parseGrant, roles, rolesOn } from '#access/grant.ts';
import { addDays, toDay } from '#kinds/day.ts';
import { toScope } from '#records/scope.ts';
import { foldRuns } from '../property-runs.ts';

const today = toDay('2026-11-23');

describe('a grant', () => {
	it.each([
		['worker:qianmen/caochang/g3', true],
		['worker:qianmen/caochang/g3@2026-12-31', true],
		['office:qianmen', true],
		['office:qianmen/caochang', true],
		['resident:qianmen/caochang/g3/c12/h04', true],
		['tablet:qianmen/caochang/g3/c12', true],
		['office:qianmen/caochang/g3', false],
		['worker:qianmen/caochang/g3/c12/h04', false],
		['resident:qianmen/caochang/g3/c12', false],
		['tablet:qianmen/caochang/g3', false],
		['tablet:qianmen/caochang/g3/c12/h04', false],
		['worker:qianmen/caochang/g3@2026-02-30', false],
		['worker:qianmen/caochang/g3@', false],
		['worker:qianmen@2026-12-31@2027-12-31', false],
		['worker:', false],
		['king:qianmen', false],
		['Worker:qianmen', false],
		['worker:Qianmen', false],
		['worker:qianmen/', false],
		[' worker:qianmen', false],
		['worker:qianmen\n', false],
		['constructor:qianmen', false],
		['_admin', false]
	])('%j stands for one: %s', (text, expected) => {
		expect(parseGrant(text) !== undefined).toBe(expected);
	});

	it('reads as it is written', () => {
		const scopes = ['a', 'a/b', 'a/b/c', 'a/b/c/d', 'a/b/c/d/e'].map(toScope);
		const until = fc.option(fc.integer({ min: -500, max: 500 }), { nil: undefined });
		fc.assert(
			fc.property(fc.constantFrom(...roles), fc.constantFrom(...scopes), until, (role, scope, days) => {
				const grant = { role, scope, ...(days !== undefined && { until: addDays(today, days) }) };
				expect(parseGrant(formatGrant(grant))).toEqual(isGrantable(role, scope) ? grant : undefined);
			}),
			{ numRuns: foldRuns }
		);
	});
});

describe('the roles of a day', () => {
	const kept = ['_admin', 'worker:qianmen/caochang/g3'];
	const ended = 'office:qianmen@2026-11-22';
	const last = 'worker:qianmen/caochang/g4@2026-11-23';

	it('leave out grants that ended the day before, and keep those whose last day it is', () => {
		expect(rolesOn([...kept, ended, last], today)).toEqual([...kept, last]);
		expect(rolesOn([...kept, ended, last], addDays(today, 1))).toEqual(kept);
		expect(rolesOn([...kept, ended, last], addDays(today, -1))).toEqual([...kept, ended, last]);
	});

	it('keep what is no grant as it is: it gives no rights', () => {
		expect(rolesOn(['king:qianmen@2000-01-01'], today)).toEqual(['king:qianmen@2000-01-01']);
		expect(grantsOf(['king:qianmen@2000-01-01'])).toEqual([]);
	});
});
