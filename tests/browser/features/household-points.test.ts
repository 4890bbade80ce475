import { mount, unmount } from 'svelte';
import { page } from 'vitest/browser';
import { expect, onTestFinished, test } from 'vitest';
import { Workplace } from '#app/workplace.svelte.ts';
import { overwriteGetLocale } from '#paraglide/runtime.js';
import type { PhoneStore } from '#records/phone-store.ts';
import { storePulled } from '../../store-pulled.ts';
import { clock, freshAccount, opened } from '../storage/stores.ts';
import { everyDay, household, redeemed, roster, rule, today } from './household-records.ts';
import HouseholdPointsHost from './HouseholdPointsHost.svelte';

/**
 * A worker's screen of a household that earned 1 a day since September and redeemed 60: enough by all months, too
 * much by the two in memory. `load` stands in for the store's once the app is open.
 */
async function shown(load: (own: PhoneStore['load']) => PhoneStore['load']): Promise<Workplace> {
	overwriteGetLocale(() => 'zh-CN');
	const name = freshAccount();
	const store = await opened(name);
	const records = [
		...[roster(), rule('2026-09-01', { sorted: 1 }), redeemed(60)],
		...everyDay('2026-09-01', '2026-11-23')
	];
	await storePulled(store, 'zg-qianmen-caochang-g3', records, { identity: 'one', seq: 1 });
	const workplace = new Workplace({ name, roles: ['worker:qianmen/caochang/g3'] }, 'device', store, clock);
	onTestFinished(await workplace.open(['2026-10', '2026-11'], () => {}));
	store.load = load(store.load.bind(store));
	const target = document.body.appendChild(document.createElement('div'));
	const host = mount(HouseholdPointsHost, { target, props: { workplace, household, today } });
	onTestFinished(async () => {
		await unmount(host);
		target.remove();
	});
	return workplace;
}

const overdrawn = page.getByText(/透支/);
const earned = page.getByText('一共得了 84 分，兑换了 60 分');

test('no balance, and no word of an overdraft, until every month is there', async () => {
	const gate = Promise.withResolvers<undefined>();
	await shown((own) => async (months, onChunk) => {
		await gate.promise;
		await own(months, onChunk);
	});
	await expect.element(page.getByText('正在取以前的记录')).toBeVisible();
	expect([overdrawn.query(), page.getByText(/一共得了/).query()]).toEqual([null, null]);
	await page.getByRole('button', { name: '兑换' }).click();
	await page.getByLabelText('用去多少分').fill('1');
	expect([page.getByText(/现在有/).query(), page.getByText(/还差/).query()]).toEqual([null, null]);
	gate.resolve(undefined);
	await expect.element(page.getByText('现在有 24 分。')).toBeVisible();
	await expect.element(earned).toBeInTheDocument();
	expect(overdrawn.query()).toBeNull();
});

test('what could not be read is said, and tried again by a tap', async () => {
	let failing = true;
	await shown((own) => (months, onChunk) => {
		return failing ? Promise.reject(new Error('the disk does not answer')) : own(months, onChunk);
	});
	await expect.element(page.getByText(/以前的记录没有取出来/)).toBeVisible();
	expect([overdrawn.query(), page.getByText(/一共得了/).query()]).toEqual([null, null]);
	failing = false;
	await page.getByRole('button', { name: '再试一次' }).click();
	await expect.element(earned).toBeVisible();
});
