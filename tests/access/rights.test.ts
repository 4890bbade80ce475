import { describe, expect, it } from 'vitest';
import { formatGrant, grantsOf, parseGrant } from '#access/grant.ts';
import { belongsIn, mayOpenNode, mayReadNode, mayWrite } from '#access/rights.ts';
import { toScope } from '#records/scope.ts';

const worker = grantsOf(['worker:qianmen/caochang/g3']);
const community = grantsOf(['office:qianmen/caochang']);
const subdistrict = grantsOf(['office:qianmen', '_admin']);

describe('grants', () => {
	it('stand among a user’s roles; other roles are not grants', () => {
		expect(subdistrict).toEqual([{ role: 'office', scope: 'qianmen' }]);
		expect(grantsOf(['_admin', 'worker', 'worker:', 'king:qianmen', 'worker:Qianmen'])).toEqual([]);
		expect(parseGrant(formatGrant({ role: 'worker', scope: toScope('qianmen') }))).toEqual({
			role: 'worker',
			scope: 'qianmen'
		});
	});
});

describe('rights', () => {
	it.each([
		['worker', worker, 'qianmen', true],
		['worker', worker, 'qianmen/caochang', true],
		['worker', worker, 'qianmen/caochang/g3', true],
		['worker', worker, 'qianmen/caochang/g4', false],
		['worker', worker, 'qianmen/dajiang', false],
		['community office', community, 'qianmen', true],
		['community office', community, 'qianmen/caochang/g4', true],
		['community office', community, 'qianmen/dajiang', false],
		['subdistrict office', subdistrict, 'qianmen/dajiang/g1', true],
		['subdistrict office', subdistrict, 'other', false],
		['nobody', [], 'qianmen', false]
	])('a %s reads the database of %3$s: %4$s', (_who, grants, node, expected) => {
		expect(mayReadNode(grants, toScope(node))).toBe(expected);
	});

	it.each([
		['worker', worker, 'check-in', 'qianmen/caochang/g3/c12/h04', true],
		['worker', worker, 'check-in', 'qianmen/caochang/g4/c12/h04', false],
		['worker', worker, 'household', 'qianmen/caochang/g3/c12/h04', false],
		['worker', worker, 'area', 'qianmen/caochang/g3', false],
		['community office', community, 'household', 'qianmen/caochang/g4/c1/h1', true],
		['community office', community, 'household', 'qianmen/dajiang/g4/c1/h1', false],
		['community office', community, 'area', 'qianmen', false],
		['subdistrict office', subdistrict, 'area', 'qianmen', true],
		['subdistrict office', subdistrict, 'unknown-kind', 'qianmen', false]
	])('a %s writes %s about %s: %s', (_who, grants, kind, scope, expected) => {
		expect(mayWrite(grants, kind, toScope(scope))).toBe(expected);
	});

	it('let an office open databases within its scope, a worker none', () => {
		expect(mayOpenNode(community, toScope('qianmen/caochang/g9'))).toBe(true);
		expect(mayOpenNode(community, toScope('qianmen'))).toBe(false);
		expect(mayOpenNode(worker, toScope('qianmen/caochang/g3'))).toBe(false);
	});

	it('put a record into the database of its scope and no other', () => {
		expect(belongsIn('zg-qianmen-caochang-g3', toScope('qianmen/caochang/g3/c1/h1'))).toBe(true);
		expect(belongsIn('zg-qianmen-caochang', toScope('qianmen/caochang/g3/c1/h1'))).toBe(false);
	});
});
