import { mount, unmount } from 'svelte';
import { page } from 'vitest/browser';
import { expect, onTestFinished, test } from 'vitest';
import { Workplace } from '#app/workplace.svelte.ts';
import { overwriteGetLocale } from '#paraglide/runtime.js';
import { toScope } from '#records/scope.ts';
import { storePulled } from '../../store-pulled.ts';
import { clock, freshAccount, opened } from '../storage/stores.ts';
import { rule, today } from './household-records.ts';
import RuleListHost from './RuleListHost.svelte';

const note = page.getByText(/都会重新算/);
const button = (name: string) => page.getByRole('button', { name, exact: true });

test('that days are counted anew is said wherever it happens: a rule from before, and one taken back', async () => {
	overwriteGetLocale(() => 'zh-CN');
	const name = freshAccount();
	const store = await opened(name);
	const rules = [rule('2026-11-01', { sorted: 1 }), rule('2026-12-01', { sorted: 2 })];
	await storePulled(store, 'zg-qianmen', rules, { identity: 'one', seq: 1 });
	const workplace = new Workplace({ name, roles: ['office:qianmen'] }, 'device', store, clock);
	onTestFinished(await workplace.open(['2026-11'], () => {}));
	const target = document.body.appendChild(document.createElement('div'));
	const props = { workplace, subdistrict: toScope('qianmen'), today };
	const host = mount(RuleListHost, { target, props });
	onTestFinished(async () => {
		await unmount(host);
		target.remove();
	});
	await button('新立规则').click();
	await page.getByLabelText('从哪一天起').fill('2026-12-15');
	expect(note.query()).toBeNull();
	await page.getByLabelText('从哪一天起').fill('2026-10-15');
	await expect.element(note).toBeVisible();
	await button('关上').click();
	// The later rule stands first.
	await button('撤回规则').nth(0).click();
	await expect.element(page.getByLabelText('为什么撤回')).toBeVisible();
	expect(note.query()).toBeNull();
	await button('关上').click();
	await button('撤回规则').nth(1).click();
	await expect.element(note).toBeVisible();
});
