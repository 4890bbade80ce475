import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { draftsOn } from './drafts-on.ts';
import { heldOnServer } from './held-records.ts';
import { addItem, callMeeting, comes, lines, part, takeDown, words } from './minute-taking.ts';
import { startNeighbourhood } from './neighbourhood.ts';
import { Device, phoneScreen } from './device.ts';
import { Worker } from './worker.ts';

test('two phones take the minutes of one meeting without a network, one is closed in the middle of a line, and both end with the same minutes', async () => {
	const place = await startNeighbourhood({}, 5);
	const { server, workers } = place;
	const [one, other] = [
		new Worker(await Device.start('first', server.port, phoneScreen), workers[0]),
		new Worker(await Device.start('second', server.port, phoneScreen), workers[1])
	];
	const both = [one, other];
	try {
		for (const worker of both) await worker.signIn();
		await callMeeting(one.page, one.device.link.url);
		await one.page.getByRole('button', { name: '现在就开始' }).click();
		await addItem(one.page, '门口堆放杂物');
		await one.allDelivered();

		await other.page.goto(`${other.device.link.url}/meetings`);
		await other.page.getByRole('link', { name: /示例胡同1号小院议事厅/ }).click();
		await other.page.getByRole('link', { name: '记会议记录' }).click();

		for (const worker of both) await worker.device.goOffline();
		await part(one.page, /^到会/).click();
		for (const number of [1, 2]) await comes(one.page, number);
		await comes(other.page, 1);

		await part(one.page, /门口堆放杂物/).click();
		await one.page.getByRole('radio', { name: /^2号/ }).check();
		await one.page.getByRole('radio', { name: '赞成' }).check();
		await takeDown(one.page, '过道要能过轮椅');
		await part(other.page, /门口堆放杂物/).click();
		await takeDown(other.page, '旧家具先登记再清');

		// The browser ends in the middle of a line: it is there again.
		await words(one.page).fill('下周六大家一起');
		await expect.poll(() => draftsOn(one.page, 'worker1')).toContain('下周六大家一起');
		const address = new URL(one.page.url());
		await one.device.close();
		await one.device.open();
		await one.page.goto(`${one.device.link.url}${address.pathname}${address.search}`);
		await expect(words(one.page)).toHaveValue('下周六大家一起');
		await expect(lines(one.page)).toHaveCount(1);
		await takeDown(one.page, '下周六大家一起搬');

		for (const worker of both) await worker.device.goOnline();
		for (const worker of both) await worker.allDelivered();
		const said = ['过道要能过轮椅', '旧家具先登记再清', '下周六大家一起搬'];
		for (const { page } of both) {
			await expect(lines(page)).toHaveCount(3, { timeout: 60_000 });
			for (const line of said) await expect(lines(page).filter({ hasText: line })).toHaveCount(1);
			await expect(part(page, /^到会/)).toHaveText('到会 2');
		}
		expect(await lines(one.page).locator('p:nth-of-type(2)').allTextContents()).toEqual(
			await lines(other.page).locator('p:nth-of-type(2)').allTextContents()
		);
		await expect(lines(other.page).filter({ hasText: '过道要能过轮椅' })).toContainText('worker1 记');
		const spoken = (await heldOnServer(server)).filter(({ body }) => body?.['about'] === 'said');
		expect(spoken.map(({ scope }) => scope.split('/').length).sort()).toEqual([4, 4, 5]);
	} finally {
		for (const { device } of both) await device.remove();
		await server.remove();
	}
});

test('a meeting is announced, put into a calendar, begun, and what it gives someone to do is a matter', async () => {
	const place = await startNeighbourhood({}, 3);
	const { server, workers } = place;
	const worker = new Worker(await Device.start('worker', server.port, phoneScreen), workers[0]);
	const { page } = worker;
	try {
		await worker.signIn();
		await callMeeting(page, worker.device.link.url);
		await page.getByRole('button', { name: '发出开会通知' }).click();
		await expect(page.getByText('请选开会的日期和时间')).toBeVisible();
		await page.getByLabel('什么时候开').fill('2027-03-05T19:30');
		await page.getByLabel('地点').fill('院里大槐树下');
		for (const topic of ['夜间噪音', '门口杂物，谁来清；什么时候']) {
			await page.getByRole('button', { name: '加一个议题' }).click();
			await page.getByRole('listitem').last().getByRole('textbox').fill(topic);
		}
		await page.getByRole('button', { name: /^往前移/ }).click();
		await page.getByRole('button', { name: '发出开会通知' }).click();
		await expect(page.getByText('院里大槐树下')).toBeVisible();

		const downloading = page.waitForEvent('download');
		await page.getByRole('button', { name: '加到日历' }).click();
		const download = await downloading;
		expect(download.suggestedFilename()).toMatch(/\.ics$/);
		const event = calendarLines(await readFile(await download.path(), 'utf8'));
		expect(event).toContain('BEGIN:VEVENT');
		expect(event).toContain('DTSTART:20270305T113000Z');
		expect(event).toContain('SUMMARY:示例胡同1号小院议事厅');
		expect(event).toContain('LOCATION:院里大槐树下');
		expect(event).toContain(String.raw`DESCRIPTION:1. 门口杂物，谁来清；什么时候\n2. 夜间噪音`);

		await page.getByRole('button', { name: '开始开会' }).click();
		await page.getByRole('link', { name: '记会议记录' }).click();
		await part(page, /门口杂物/).click();
		await page.getByRole('radio', { name: '交办事项' }).check();
		await page.getByLabel('要办什么').fill('把旧沙发送到大件点');
		await page.getByRole('radio', { name: '我（worker1）' }).check();
		await page.getByRole('button', { name: '记下', exact: true }).click();
		await expect(page.getByRole('link', { name: /把旧沙发送到大件点/ })).toContainText('worker1');
		await page.getByRole('button', { name: '散会' }).click();
		await expect(page.getByRole('link', { name: '签字存档' })).toBeVisible();
		await worker.allDelivered();
		const matter = (await heldOnServer(server)).find(({ kind }) => kind === 'matter');
		expect(matter?.body).toMatchObject({
			text: '把旧沙发送到大件点',
			source: 'meeting',
			stage: { name: 'doing', owner: { name: 'worker1', account: 'worker1' }, round: 1 }
		});
	} finally {
		await worker.device.remove();
		await server.remove();
	}
});

/** Its content lines, unfolded (RFC 5545, 3.1). */
function calendarLines(text: string): readonly string[] {
	expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
	return text.replaceAll(/\r\n[ \t]/g, '').split('\r\n');
}
