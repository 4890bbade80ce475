import { expect } from '@playwright/test';
import { addDays, dayAt } from '#kinds/day.ts';
import {
	addItem,
	callMeeting,
	comes,
	countHands,
	giveToDo,
	guestComes,
	lines,
	part,
	resolve,
	signMinutes,
	takeDown
} from './minute-taking.ts';
import { courtyardNames } from './neighbourhood.ts';
import type { Worker } from './worker.ts';

/*
 * A council of the first courtyard as two grid workers take it down.
 */

const [courtyard] = courtyardNames;
export const title = `${courtyard}小院议事厅`;
const [clutter, noise] = ['门口堆放杂物', '夜间噪音'];
export const decision = '过道和院门口不放东西，旧家具登记后清走。';
export const [sofa, handrail, sign] = ['把院门口的旧沙发送到大件点', '给过道装一根扶手', '贴一张轻声提示'];

/** What no resident may learn: it was never made public. */
export const secrets = {
	spoke: '我家老人半夜起来绊过一跤',
	answered: '旧沙发是我儿子的，周末就搬',
	guest: '示例来宾丁',
	whistle: '占了消防通道又没人认领',
	department: '城管先来看过一次现场',
	progress: '沙发抬到路边等车'
} as const;

/** Ten households and a guest, two items, three things to do; some doors are tapped on both phones. */
export async function takenDown(one: Worker, two: Worker): Promise<void> {
	await callMeeting(one.page, one.device.link.url);
	await one.page.getByRole('button', { name: '现在就开始' }).click();
	await addItem(one.page, clutter);
	await addItem(one.page, noise);
	await one.allDelivered();
	await two.page.goto(`${two.device.link.url}/meetings`);
	await two.page.getByRole('link', { name: new RegExp(title) }).click({ timeout: 60_000 });
	await two.page.getByRole('link', { name: '记会议记录' }).click();
	await expect(part(two.page, new RegExp(noise))).toBeVisible({ timeout: 60_000 });
	for (const { device } of [one, two]) await device.goOffline();

	await part(one.page, /^到会/).click();
	await part(two.page, /^到会/).click();
	for (const number of [1, 2, 3, 4, 5, 6]) await comes(one.page, number);
	for (const number of [5, 6, 7, 8, 9, 10]) await comes(two.page, number);
	await guestComes(two.page, secrets.guest);
	await part(one.page, new RegExp(clutter)).click();
	await takeDown(one.page, secrets.spoke);
	await part(two.page, new RegExp(clutter)).click();
	await takeDown(two.page, secrets.answered);
	await countHands(one.page, '同意统一清理过道', [9, 1, 1]);
	await resolve(one.page, decision);
	const due = addDays(dayAt(new Date()), 7);
	await giveToDo(one.page, sofa, /worker1/, due);
	await giveToDo(two.page, handrail, /worker2/, due);
	await part(two.page, new RegExp(noise)).click();
	await giveToDo(two.page, sign, /worker2/, due);

	for (const { device } of [one, two]) await device.goOnline();
	for (const worker of [one, two]) {
		await worker.allDelivered();
		await part(worker.page, new RegExp(clutter)).click();
		await expect(lines(worker.page)).toHaveCount(4, { timeout: 60_000 });
		await expect(part(worker.page, /^到会/)).toHaveText('到会 11');
	}
}

/** Ends the meeting and files its minutes; returns its entity. */
export async function signedOn(worker: Worker): Promise<string> {
	const { page } = worker;
	await page.getByRole('button', { name: '散会' }).click();
	await page.getByRole('link', { name: '签字存档' }).click();
	const sheet = page.getByRole('article');
	await expect(sheet).toContainText('10 户，另有 1 人');
	await expect(sheet).toContainText(secrets.answered);
	await signMinutes(page);
	for (const task of [sofa, handrail, sign])
		await expect(sheet.getByRole('link', { name: task })).toHaveAttribute('href', /^\/matters\//);
	await worker.allDelivered();
	return new URL(page.url()).pathname.split('/')[2] ?? '';
}
