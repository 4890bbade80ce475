import { describe, expect, it } from 'vitest';
import { grantsOf } from '#access/grant.ts';
import { mayDecideFor, mayIssueCard, mayManage } from '#access/managing.ts';
import { toScope } from '#records/scope.ts';

const subdistrict = 'office:qianmen';
const community = 'office:qianmen/caochang';
const worker = 'worker:qianmen/caochang/g3';
const resident = 'resident:qianmen/caochang/g3/c12/h04';

describe('managing accounts', () => {
	it.each<[string, string[], boolean]>([
		[subdistrict, [community], true],
		[subdistrict, [subdistrict], true],
		[subdistrict, ['worker:qianmen/dajiang/g1', 'partner:qianmen'], true],
		[subdistrict, ['worker:elsewhere/a/b'], false],
		[subdistrict, ['_admin'], false],
		[subdistrict, [worker, '_admin'], false],
		[subdistrict, ['worker'], false],
		[subdistrict, [], false],
		[community, [worker], true],
		[community, ['worker:qianmen/caochang/g3@2026-12-31', resident], true],
		[community, [community], false],
		[community, [worker, 'worker:qianmen/dajiang/g1'], false],
		[community, ['partner:qianmen'], false],
		[worker, [worker], false],
		[worker, [resident], false],
		[resident, [resident], false],
		['partner:qianmen', ['partner:qianmen/caochang'], false]
	])('%s manages an account with %j: %s', (manager, roles, expected) => {
		expect(mayManage(grantsOf([manager]), roles)).toBe(expected);
	});
});

describe('cards and decisions', () => {
	const household = toScope('qianmen/caochang/g3/c12/h04');
	const elsewhere = toScope('qianmen/dajiang/g1/c1/h1');

	it.each([
		[subdistrict, true, true],
		[community, true, true],
		[worker, true, false],
		['worker:qianmen/caochang/g3/c12', true, false],
		['worker:qianmen/caochang/g4', false, false],
		[resident, false, false],
		['tablet:qianmen/caochang/g3/c12', false, false],
		['partner:qianmen', false, false]
	])('%s issues a household’s card: %s; decides for it: %s', (role, issues, decides) => {
		const grants = grantsOf([role]);
		expect(mayIssueCard(grants, household)).toBe(issues);
		expect(mayDecideFor(grants, household)).toBe(decides);
		expect(mayIssueCard(grants, elsewhere)).toBe(role === subdistrict);
		expect(mayDecideFor(grants, elsewhere)).toBe(role === subdistrict);
	});
});
