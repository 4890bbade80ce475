import { describe, expect, test } from 'vitest';
import { grantsOf } from '#access/grant.ts';
import { csvText } from '#app/csv-text.ts';
import { toDay } from '#kinds/day.ts';
import { toScope } from '#records/scope.ts';
import {
	accountProblems,
	draftsOf,
	isSound,
	newAccountOf,
	readAccountDraft,
	rolesOf,
	type AccountDraft
} from '../../src/features/accounts/account-form.ts';
import { grantableRoles, mayGrant, officeBases, wayTo } from '../../src/features/accounts/role-choices.ts';

const today = toDay('2026-11-23');
const subdistrict = grantsOf(['office:qianmen']);
const community = grantsOf(['office:qianmen/m1', 'worker:qianmen/m2/g1']);
const draft: AccountDraft = {
	name: ' wang ',
	display: ' 示例甲 ',
	grants: [
		{ role: 'worker', scope: 'qianmen/m1/g3', until: '' },
		{ role: 'partner', scope: 'qianmen/m1', until: '2026-12-31' }
	]
};

describe('an account being typed', () => {
	test('is asked for as it was typed, without the spaces around it', () => {
		expect(newAccountOf(draft)).toEqual({
			name: 'wang',
			display: '示例甲',
			roles: ['worker:qianmen/m1/g3', 'partner:qianmen/m1@2026-12-31']
		});
		expect(newAccountOf({ ...draft, display: ' ' })).not.toHaveProperty('display');
	});

	test('is sound when nothing is wrong with it', () => {
		const problems = accountProblems(draft, { names: ['li'], grants: subdistrict, today });
		expect(isSound(problems)).toBe(true);
	});

	test.each([
		[{ name: '' }, { name: 'wrong' }],
		[{ name: 'a b' }, { name: 'wrong' }],
		[{ name: 'li' }, { name: 'taken' }],
		[{ display: '长'.repeat(81) }, { display: 'long' }],
		[
			{ grants: [{ role: 'office' as const, scope: 'qianmen/m1/g3', until: '' }] },
			{ grants: [{ place: true }] }
		],
		[{ grants: [{ role: 'worker' as const, scope: 'dongcheng', until: '' }] }, { grants: [{ place: true }] }],
		[{ grants: [{ role: 'worker' as const, scope: '', until: '' }] }, { grants: [{ place: true }] }],
		[
			{ grants: [{ role: 'worker' as const, scope: 'qianmen', until: '2026-11-22' }] },
			{ grants: [{ until: true }] }
		]
	])('with %j is told %j', (change, problem) => {
		const problems = accountProblems({ ...draft, ...change }, { names: ['li'], grants: subdistrict, today });
		expect(problems).toMatchObject(problem);
		expect(isSound(problems)).toBe(false);
	});

	test('comes back from its draft, and what is no draft does not', () => {
		expect(readAccountDraft(structuredClone(draft))).toEqual(draft);
		expect(readAccountDraft({ name: 'a' })).toBeUndefined();
		expect(readAccountDraft([])).toBeUndefined();
	});

	test('has each role once', () => {
		const [grant] = draft.grants;
		expect(rolesOf(grant ? [grant, grant] : [])).toEqual(['worker:qianmen/m1/g3']);
		expect(draftsOf(['worker:qianmen/m1@2026-12-31', '_admin', 'resident:qianmen/m1/g1/c1/h1'])).toEqual([
			{ role: 'worker', scope: 'qianmen/m1', until: '2026-12-31' }
		]);
	});
});

describe('what an office may give', () => {
	test('a subdistrict names offices, a community does not', () => {
		expect(grantableRoles(subdistrict)).toEqual(['worker', 'partner', 'office']);
		expect(grantableRoles(community)).toEqual(['worker', 'partner']);
		expect(grantableRoles(grantsOf(['worker:qianmen']))).toEqual(['worker', 'partner']);
	});

	test('nothing outside its places', () => {
		expect(officeBases(community)).toEqual(['qianmen/m1']);
		expect(officeBases(grantsOf(['office:qianmen/m1', 'office:qianmen']))).toEqual(['qianmen']);
		expect(mayGrant(community, 'worker', toScope('qianmen/m1/g3'))).toBe(true);
		expect(mayGrant(community, 'worker', toScope('qianmen/m2/g1'))).toBe(false);
		expect(wayTo(toScope('qianmen/m1/g3'), toScope('qianmen'))).toEqual([
			'qianmen',
			'qianmen/m1',
			'qianmen/m1/g3'
		]);
	});
});

test('no cell of a saved log is a formula, and every one is a cell', () => {
	expect(csvText([['a', 'b,c', 'd"e', '=1+1', '@x', '']])).toBe(`\uFEFFa,"b,c","d""e",'=1+1,'@x,\r\n`);
});
