import { expect, test } from 'vitest';
import type { ManagedAccount } from '#access/accounts-api.ts';
import { changeOf, draftsOf, type AccountDraft } from '../../src/features/accounts/account-form.ts';

const grid = 'worker:qianmen/m1/g3';
const account: ManagedAccount = {
	name: 'wang',
	display: '示例甲',
	roles: ['resident:qianmen/m1/g3/c1/h1', grid],
	disabled: false,
	unopened: false,
	rev: '3-a'
};
const start: AccountDraft = { name: 'wang', display: '示例甲', grants: draftsOf(account.roles) };

test.each<[string, Partial<AccountDraft>, ReturnType<typeof changeOf>]>([
	['nothing', {}, undefined],
	['spaces around the name', { display: ' 示例甲 ' }, undefined],
	['another name', { display: '示例乙' }, { display: '示例乙', rev: '3-a' }],
	['no name any more', { display: '' }, { display: '', rev: '3-a' }],
	[
		'a last day',
		{ grants: [{ role: 'worker', scope: 'qianmen/m1/g3', until: '2026-12-31' }] },
		{ roles: [`${grid}@2026-12-31`], rev: '3-a' }
	]
])('with %s filled in, what is sent is what differs', (_what, filled, change) => {
	expect(changeOf(account, { ...start, ...filled })).toEqual(change);
});
