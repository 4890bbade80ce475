import { expect, test, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { isJsonObject } from '#records/json.ts';
import { byTime } from '#read-models/written.ts';
import { heldOnServer } from './held-records.ts';
import { delivered, visit } from './looks.ts';
import { callMeeting, comes, lines, part, takeDown } from './minute-taking.ts';
import { startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';

test.describe('a meeting', () => {
	let place: Neighbourhood;

	test.beforeAll(async () => {
		place = await startNeighbourhood({}, 3);
	});
	test.afterAll(() => place.server.remove());

	test('is announced, put into a calendar, put off, begun, timed, ended too early and gone on with; what it gives someone to do is a matter', async ({
		browser
	}) => {
		const page = await visit(browser, place.server, place.workers[0]);
		await page.clock.install();
		await callMeeting(page, '');
		await page.getByRole('button', { name: '发出开会通知' }).click();
		await expect(page.getByText('请选开会的日期和时间')).toBeVisible();
		await page.getByLabel('什么时候开').fill('2027-03-05');
		await page.getByLabel('几点开').fill('19:30');
		await page.getByLabel('地点').fill('院里大槐树下');
		await page.getByLabel('请谁参加').fill('全院各户，物业，社区民警');
		for (const topic of ['夜间噪音', '门口杂物，谁来清；什么时候']) {
			await page.getByRole('button', { name: '加一个议题' }).click();
			await page.getByRole('listitem').last().getByRole('textbox').fill(topic);
		}
		await page.getByRole('button', { name: /^往前移/ }).click();
		await page.getByRole('button', { name: '发出开会通知' }).click();
		await expect(page.getByText('院里大槐树下')).toBeVisible();
		await expect(page.getByText('全院各户，物业，社区民警')).toBeVisible();
		await expect(page.getByRole('listitem').filter({ hasText: /^(门口杂物|夜间噪音)/ })).toHaveText([
			'门口杂物，谁来清；什么时候',
			'夜间噪音'
		]);

		const event = await calendarEvent(page);
		expect(event.slice(0, 2)).toEqual(['BEGIN:VCALENDAR', 'VERSION:2.0']);
		expect(event).toEqual(
			expect.arrayContaining([
				...['BEGIN:VEVENT', 'SEQUENCE:0', 'DTSTART:20270305T113000Z', 'END:VEVENT'],
				...['SUMMARY:示例胡同1号小院议事厅', 'LOCATION:院里大槐树下'],
				String.raw`DESCRIPTION:1. 门口杂物，谁来清；什么时候\n2. 夜间噪音\n请谁参加：全院各户，物业，社区民警`
			])
		);
		await test.step('put off, it is the same event in the calendar, at its new time and place', async () => {
			await page.getByRole('link', { name: '修改通知' }).click();
			await page.getByLabel('几点开').fill('20:00');
			await page.getByLabel('地点').fill('社区活动室');
			await page.getByRole('button', { name: '保存', exact: true }).click();
			await expect(page.getByText('社区活动室')).toBeVisible();
			await expect(page.getByText('院里大槐树下')).toBeHidden();
			const anew = await calendarEvent(page);
			expect(anew).toEqual(
				expect.arrayContaining(['SEQUENCE:1', 'DTSTART:20270305T120000Z', 'LOCATION:社区活动室'])
			);
			const uid = (event: readonly string[]) => event.filter((line) => line.startsWith('UID:'));
			expect(uid(event)).toHaveLength(1);
			expect(uid(anew)).toEqual(uid(event));
		});

		await page.getByRole('button', { name: '开始开会' }).click();
		await page.getByRole('link', { name: '记会议记录' }).click();
		const timer = page.getByRole('timer');
		await test.step('the timer tells how long the meeting and the item have taken', async () => {
			await part(page, /门口杂物/).click();
			await expect(timer).toHaveText(/^开了 0 分钟\s+· 本议题 0 分钟$/);
			await page.clock.fastForward('12:00');
			await expect(timer).toHaveText(/^开了 12 分钟\s+· 本议题 12 分钟$/);
			await part(page, /夜间噪音/).click();
			await expect(timer).toHaveText(/^开了 12 分钟\s+· 本议题 0 分钟$/);
			await part(page, /门口杂物/).click();
		});
		await page.getByRole('radio', { name: '交办事项' }).check();
		await page.getByLabel('要办什么').fill('把旧沙发送到大件点');
		await page.getByRole('radio', { name: '我（worker1）' }).check();
		await page.getByRole('button', { name: '记下', exact: true }).click();
		await expect(page.getByRole('link', { name: /把旧沙发送到大件点/ })).toContainText('worker1');
		await page.getByRole('button', { name: '散会' }).click();
		await expect(page.getByRole('link', { name: '签字存档' })).toBeVisible();
		await expect(timer).toHaveText('');
		await test.step('ended too early, it goes on where it was', async () => {
			await page.getByRole('button', { name: '接着开' }).click();
			await expect(timer).toContainText('开了 12 分钟');
			await page.getByRole('radio', { name: '发言' }).check();
			await takeDown(page, '沙发是三家合用的');
			await page.getByRole('button', { name: '散会' }).click();
			await expect(page.getByText('已经散会，还可以补记和改正。')).toBeVisible();
		});
		await delivered(page);

		const held = await heldOnServer(place.server);
		expect(held.find(({ kind }) => kind === 'matter')?.body).toMatchObject({
			text: '把旧沙发送到大件点',
			source: 'meeting',
			stage: { name: 'doing', owner: { name: 'worker1', account: 'worker1' }, round: 1 }
		});
		const stages = held
			.filter(({ kind }) => kind === 'meeting')
			.toSorted(byTime)
			.flatMap(({ body }) => (isJsonObject(body?.['stage']) ? [body['stage']] : []));
		expect(stages.map(({ name }) => name)).toEqual([
			...['announced', 'announced', 'open', 'ended', 'open', 'ended']
		]);
		expect(new Set(stages.slice(2).map(({ began }) => began)).size).toBe(1);
		await page.context().close();
	});

	test('that will not be held is called off with a reason everyone reads, unless it has begun', async ({
		browser
	}) => {
		const page = await visit(browser, place.server, place.workers[0]);
		await callMeeting(page, '');
		await page.getByLabel('会议名称').fill('示例停电议事会');
		await page.getByLabel('什么时候开').fill('2027-04-01');
		await page.getByLabel('几点开').fill('19:00');
		await page.getByRole('button', { name: '发出开会通知' }).click();
		const { pathname } = await opened(page);
		const other = await visit(browser, place.server, place.workers[1]);
		await other.goto('/meetings');
		await other.getByRole('link', { name: /示例停电议事会/ }).click({ timeout: 60_000 });
		await page.getByRole('link', { name: '公开给居民看' }).click();
		await page.getByRole('button', { name: '公开', exact: true }).click();
		await page.getByRole('link', { name: '看看公开的样子' }).click();
		await page.waitForURL(/\/public\//);
		await expect(page.getByRole('article', { name: '示例停电议事会' })).toBeVisible();
		const shown = new URL(page.url()).pathname;
		await page.goto(pathname);

		await page.getByRole('button', { name: '取消会议' }).click();
		const sheet = page.getByRole('dialog');
		await sheet.getByRole('button', { name: '取消会议' }).click();
		await expect(sheet.getByText('请写取消的原因')).toBeVisible();
		await sheet.getByLabel('为什么取消').fill('那天停电');
		await sheet.getByRole('button', { name: '取消会议' }).click();
		await expect(page).toHaveURL(/\/meetings$/);
		await expect(page.getByRole('link', { name: /示例停电议事会/ })).toBeHidden();
		await expect(other.getByText('会议已取消')).toBeVisible({ timeout: 60_000 });
		await expect(other.getByText('那天停电')).toContainText('worker1');
		await test.step('residents read that it is called off, until that is taken down', async () => {
			await page.goto(shown);
			await expect(page.getByRole('article').getByText('会议取消了')).toBeVisible();
			await other.getByRole('link', { name: '公开的开会通知' }).click();
			await expect(other.getByRole('article').getByText('会议取消了')).toBeVisible({ timeout: 60_000 });
			await other.getByRole('button', { name: '撤下' }).click();
			await other.getByLabel('为什么撤下').fill('示例：时间过了');
			await other.getByRole('dialog').getByRole('button', { name: '撤下' }).click();
			await expect(other.getByText(/已经撤下，居民看不到/)).toBeVisible();
			await other.goto(shown);
			await expect(other.getByText('这一条没有公开')).toBeVisible();
		});
		// What it was is kept.
		await other.goto(`/trace?kind=meeting&entity=${pathname.split('/')[2] ?? ''}`);
		const last = other.getByRole('article').filter({ hasText: '那天停电' });
		await expect(last).toContainText('那天停电');
		await last.getByText('改之前写的').click();
		await expect(last).toContainText('示例停电议事会');

		await callMeeting(page, '');
		await page.getByRole('button', { name: '现在就开始' }).click();
		await expect(part(page, /^到会/)).toHaveText('到会 0');
		const meeting = (await opened(page)).pathname.replace(/\/take$/, '');
		await page.goto(meeting);
		await expect(page.getByRole('button', { name: '取消会议' })).toBeVisible();
		await page.getByRole('link', { name: '记会议记录' }).click();
		await comes(page, 1);
		await expect(lines(page)).toHaveCount(0);
		await page.goto(meeting);
		await expect(page.getByRole('button', { name: '散会' })).toBeVisible();
		await expect(page.getByRole('button', { name: '取消会议' })).toBeHidden();
		await page.context().close();
		await other.context().close();
	});
});

/** Of the page of a meeting, once it is there. */
async function opened(page: Page): Promise<URL> {
	await expect(page).toHaveURL(/\/meetings\/[^/]+\.[a-z0-9]{16}(\/take)?(\?.*)?$/);
	return new URL(page.url());
}

/** The lines of the calendar file that the meeting's page gives, unfolded (RFC 5545, 3.1). */
async function calendarEvent(page: Page): Promise<readonly string[]> {
	const downloading = page.waitForEvent('download');
	await page.getByRole('button', { name: '加到日历' }).click();
	const download = await downloading;
	expect(download.suggestedFilename()).toBe('示例胡同1号小院议事厅.ics');
	const text = await readFile(await download.path(), 'utf8');
	expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
	return text.replaceAll(/\r\n[ \t]/g, '').split('\r\n');
}
