import { mount, unmount } from 'svelte';
import { page } from 'vitest/browser';
import { expect, onTestFinished, test } from 'vitest';
import { Workplace } from '#app/workplace.svelte.ts';
import { toDay } from '#kinds/day.ts';
import { overwriteGetLocale } from '#paraglide/runtime.js';
import type { Revision } from '#records/revision.ts';
import { storePulled } from '../../store-pulled.ts';
import { clock, freshAccount, opened } from '../storage/stores.ts';
import { checkIn, convention, everyDay, household, roster, rule, today } from './household-records.ts';
import ResidentHomeHost from './ResidentHomeHost.svelte';

/** A resident's phone with `records` in its store, opened as the app opens it: two months in memory. */
async function phone(records: readonly Revision[]): Promise<Workplace> {
	overwriteGetLocale(() => 'zh-CN');
	const name = freshAccount();
	const store = await opened(name);
	const own = { identity: 'one', seq: 1 };
	await storePulled(store, 'zg-qianmen-caochang-g3-c01-h01', [roster(), ...records], own);
	const workplace = new Workplace({ name, roles: [`resident:${household}`] }, 'device', store, clock);
	onTestFinished(await workplace.open(['2026-10', '2026-11'], () => {}));
	return workplace;
}

function show(workplace: Workplace): void {
	const target = document.body.appendChild(document.createElement('div'));
	const host = mount(ResidentHomeHost, { target, props: { workplace, household, today } });
	onTestFinished(async () => {
		await unmount(host);
		target.remove();
	});
}

test('a run of days is counted over as many months as it goes back', async () => {
	const workplace = await phone(everyDay('2026-06-15', '2026-11-22'));
	show(workplace);
	await expect.element(page.getByText('连续 161 天')).toBeVisible();
	expect(workplace.holds('2026-05')).toBe(false);
});

test('a run that ends within what is there brings nothing in', async () => {
	const workplace = await phone(everyDay('2026-10-05', '2026-11-23'));
	show(workplace);
	await expect.element(page.getByText('连续 50 天')).toBeVisible();
	expect(workplace.holds('2026-09')).toBe(false);
});

test('while earlier months cannot be read no run is told; tried again, it is', async () => {
	const workplace = await phone(everyDay('2026-09-21', '2026-11-23'));
	const load = workplace.store.load.bind(workplace.store);
	workplace.store.load = () => Promise.reject(new Error('the disk does not answer'));
	show(workplace);
	await expect.element(page.getByText(/以前的记录没有取出来/)).toBeVisible();
	expect(page.getByText(/连续/).query()).toBeNull();
	workplace.store.load = load;
	await page.getByRole('button', { name: '再试一次' }).click();
	await expect.element(page.getByText('连续 64 天')).toBeVisible();
});

test('the month’s calendar, the run and the points say what the records do', async () => {
	show(
		await phone([
			rule('2026-11-01', { sorted: 3, mixed: 1 }),
			checkIn(toDay('2026-11-20'), 'unsorted'),
			checkIn(toDay('2026-11-21'), 'mixed'),
			checkIn(toDay('2026-11-22'))
		])
	);
	await expect.element(page.getByText('连续 3 天')).toBeVisible();
	await expect.element(page.getByText(/活力值：本月 4 分/)).toBeVisible();
	for (const said of [
		'11月20日 星期五，未分',
		'11月21日 星期六，混投',
		'11月22日 星期日，分对了',
		'11月23日 星期一，还没打卡'
	])
		await expect.element(page.getByRole('cell', { name: said })).toBeInTheDocument();
});

test('every convention that waits for the household is on its first screen, others only up to two', async () => {
	const waiting = ['甲', '乙', '丙'].map((title, index) =>
		convention(`waiting${index}`, title, 'collecting')
	);
	show(await phone([convention('drafting1', '丁', 'drafting'), ...waiting]));
	for (const title of ['甲', '乙', '丙'])
		await expect.element(page.getByRole('link', { name: new RegExp(`^${title}`) })).toBeVisible();
	expect(page.getByRole('link', { name: /^丁/ }).query()).toBeNull();
	await expect.element(page.getByRole('link', { name: /4/ })).toBeVisible();
});
