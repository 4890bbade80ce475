import { mount, unmount } from 'svelte';
import { page } from 'vitest/browser';
import { expect, onTestFinished, test } from 'vitest';
import type { AccountChange, ManagedAccount } from '#access/accounts-api.ts';
import { Workplace } from '#app/workplace.svelte.ts';
import { overwriteGetLocale } from '#paraglide/runtime.js';
import { clock, freshAccount, opened } from '../storage/stores.ts';
import ChangeAccountHost from './ChangeAccountHost.svelte';

const account: ManagedAccount = {
	...{ name: 'wang', display: '示例甲', roles: ['worker:qianmen/caochang/g3'] },
	...{ disabled: false, unopened: false, rev: '2-b' }
};
const name = page.getByLabelText('姓名');

/** The form of `account` over a draft that was typed when it stood at `rev`; what it asks the server for. */
async function shownOver(rev: string): Promise<{ workplace: Workplace; changes: AccountChange[] }> {
	overwriteGetLocale(() => 'zh-CN');
	const office = freshAccount();
	const store = await opened(office);
	const workplace = new Workplace({ name: office, roles: ['office:qianmen'] }, 'device', store, clock);
	onTestFinished(await workplace.open(['2026-11'], () => {}));
	const grant = (grid: string) => ({ role: 'worker', scope: `qianmen/caochang/${grid}`, until: '' });
	const value = { name: 'wang', display: '示例乙', grants: [grant('g3'), grant('g4')], rev };
	await store.keepDraft({ key: 'account:wang', at: clock().toISOString(), value });
	const changes: AccountChange[] = [];
	const onsave = (change: AccountChange) => {
		changes.push(change);
		return Promise.resolve(true);
	};
	const target = document.body.appendChild(document.createElement('div'));
	const host = mount(ChangeAccountHost, { target, props: { workplace, account, onsave } });
	onTestFinished(async () => {
		await unmount(host);
		target.remove();
	});
	return { workplace, changes };
}

test('what was typed before the account was changed by someone is not taken up, and what is sent is what differs', async () => {
	const { workplace, changes } = await shownOver('1-a');
	await expect.element(page.getByText(/这个账号后来被改过/)).toBeVisible();
	await expect.element(name).toHaveValue('示例甲');
	await expect.poll(() => workplace.store.draft('account:wang')).toBeUndefined();
	await name.fill('');
	await page.getByRole('button', { name: '保存' }).click();
	await expect.poll(() => changes).toEqual([{ display: '', rev: '2-b' }]);
});

test('what was typed over the account as it stands is taken up, and says so', async () => {
	const { changes } = await shownOver('2-b');
	await expect.element(page.getByText(/没改完的改，还没有保存/)).toBeVisible();
	await expect.element(name).toHaveValue('示例乙');
	await page.getByRole('button', { name: '不要了，重新填' }).click();
	await expect.element(name).toHaveValue('示例甲');
	expect(changes).toEqual([]);
});
