import { expect, test, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { checkInEntity } from '#kinds/check-in.ts';
import { addDays, dayAt } from '#kinds/day.ts';
import { parentScope, type Scope } from '#records/scope.ts';
import { seal } from '#records/revision.ts';
import { createAccount } from '../serve.ts';
import { heldOnServer } from './held-records.ts';
import { signedIn } from './looks.ts';
import { putReopened } from './matters-put.ts';
import { putMeeting } from './meetings-put.ts';
import { startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { put } from './votes-put.ts';

test.describe('a trace', () => {
	let place: Neighbourhood;
	let yard: Scope;
	let household: Scope;
	let matter: string;
	let meeting: string;

	test.beforeAll(async () => {
		place = await startNeighbourhood({}, 6);
		const records = await heldOnServer(place.server);
		const found = records.find(({ kind, body }) => kind === 'courtyard' && body?.['name'] === '示例胡同1号');
		if (!found) throw new Error('the roster made no courtyard');
		yard = found.scope;
		const households = records
			.filter(({ kind, scope }) => kind === 'household' && parentScope(scope) === yard)
			.map(({ scope }) => scope);
		[household = yard] = households;
		const on = { server: place.server, by: place.workers[0], scope: yard };
		meeting = await putMeeting(on, households);
		matter = await putReopened({ ...on, office: place.office }, households);
		const day = addDays(dayAt(new Date()), -200);
		await put(place.server, place.workers[0], [
			seal({
				...{ kind: 'check-in', entity: checkInEntity(household, day), parents: [], scope: household },
				...{ author: place.workers[0].name, device: 'phone1', at: `${day}T02:00:00.000Z` },
				body: { observed: { quality: 'mixed', note: '很久以前的一次' } }
			})
		]);
	});
	test.afterAll(() => place.server.remove());

	test('of a household has all about it, older months too, without a network', async ({ browser }) => {
		const page = await signedIn(browser, place.server, place.workers[0], { offline: true });
		await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
		await page.goto(`/households/${household}`);
		await expect(page.getByRole('link', { name: '痕迹' })).toBeVisible();
		await page.context().setOffline(true);
		await page.getByRole('link', { name: '痕迹' }).click();
		const entries = page.getByRole('article');
		const line = entries.filter({ hasText: '过道要能过轮椅' });
		await expect(line.getByRole('heading')).toContainText('写下 · 会上记的：示例胡同1号 1号');
		await expect(line).toContainText('worker1');
		await expect(entries.filter({ hasText: '到会' })).toHaveCount(1);
		await expect(entries.filter({ hasText: '很久以前的一次' })).toHaveCount(0);
		await page.getByLabel('时间').selectOption('全部');
		await expect(entries.filter({ hasText: '很久以前的一次' })).toHaveCount(1);
		await page.getByLabel('类别').selectOption('打卡（1）');
		await expect(entries).toHaveCount(1);
		await expect(page.getByRole('status').filter({ hasText: '共 1 笔' })).toBeVisible();
		await entries.getByRole('link', { name: '打开它的页面' }).click();
		await expect(page.getByRole('heading', { name: '历史' })).toBeVisible();
		await page.context().close();
	});

	test('of a matter tells each step, what it said before, and leaves as a table', async ({ browser }) => {
		const page = await signedIn(browser, place.server, place.workers[0]);
		await page.goto(`/trace?kind=matter&entity=${matter}`);
		const entries = page.getByRole('article');
		// Six revisions, one progress, one whistle, four ratings.
		await expect(page.getByRole('status').filter({ hasText: '共 12 笔' })).toBeVisible();
		const step = entries.filter({ hasText: '民议 → ' });
		await expect(step).toContainText('民决：请物业联系清运，费用由院里公摊。');
		await step.getByText('改之前写的').click();
		await expect(step).toContainText('院门口的旧沙发堆了两个星期');
		await expect(entries.filter({ hasText: '城管执法队' })).toContainText('占用消防通道，社区清不动。');
		const rows = await exported(page);
		expect(rows).toHaveLength(13);
		expect(rows[0]).toBe('\uFEFF时间,谁,设备,类别,关于,做了什么,改了什么,原因,指纹');
		expect(rows.filter((row) => row.includes(',民评,'))).toHaveLength(4);
		expect(rows.some((row) => row.includes('步骤：民议 → 民决：请物业联系清运，费用由院里公摊。'))).toBe(
			true
		);
		await page.context().close();
	});

	test('of a courtyard is listed by kind and period, opens what it lists, and leaves as a table of that', async ({
		browser
	}) => {
		const page = await signedIn(browser, place.server, place.workers[0]);
		await page.goto(`/courtyards/${yard}`);
		await page.getByRole('link', { name: '痕迹' }).click();
		const entries = page.getByRole('article');
		const [kinds, period] = [page.getByLabel('类别'), page.getByLabel('时间')];
		// The lines of a meeting about the courtyard and its households.
		await kinds.selectOption('会上记的（13）');
		await expect(entries).toHaveCount(13);
		await expect(page.getByRole('option', { name: /^打卡/ })).toHaveCount(0);
		await period.selectOption('近一年');
		await kinds.selectOption('打卡（1）');
		await expect(entries).toHaveCount(1);
		await expect(entries).toContainText('很久以前的一次');
		await period.selectOption('近三个月');
		await expect(page.getByText('没有记录')).toBeVisible();
		await kinds.selectOption('吹哨（1）');
		await expect(entries).toContainText('占用消防通道，社区清不动。');
		const rows = await exported(page);
		expect(rows).toHaveLength(2);
		expect(rows[1]).toContain(',吹哨,');
		expect(rows[1]).toContain('城管执法队');
		await entries.getByRole('link', { name: '打开它的页面' }).click();
		await expect(page).toHaveURL(new RegExp(`/matters/${matter}$`));
		await expect(page.getByRole('heading', { name: '吹哨：城管执法队' })).toBeVisible();
		await page.context().close();
	});

	test('is for a resident of their own household, and nobody else’s', async ({ browser }) => {
		const resident = await createAccount(place.server, 'home-ffffffffff', [`resident:${household}`]);
		const page = await signedIn(browser, place.server, resident);
		await page.goto(`/trace?scope=${household}`);
		await page.getByLabel('时间').selectOption('全部');
		const entries = page.getByRole('article');
		await expect(entries.filter({ hasText: '很久以前的一次' })).toHaveCount(1, { timeout: 60_000 });
		// What was said in a meeting is not for residents, not even their own.
		await expect(entries.filter({ hasText: '过道要能过轮椅' })).toHaveCount(0);
		for (const others of [`scope=${yard}`, `kind=meeting&entity=${meeting}`, 'account=worker1']) {
			await page.goto(`/trace?${others}`);
			await expect(page.getByText('没有这一处痕迹')).toBeVisible();
		}
		await page.context().close();
	});

	test('of a meeting has its lines and what it gave someone to do, of a person all they recorded', async ({
		browser
	}) => {
		const page = await signedIn(browser, place.server, place.office);
		await page.goto(`/trace?kind=meeting&entity=${meeting}`);
		// The meeting, six who are there, seven lines with what was changed apart, one matter.
		await expect(page.getByRole('status').filter({ hasText: '共 15 笔' })).toBeVisible();
		await expect(page.getByRole('article').filter({ hasText: '联系大件垃圾清运' })).toHaveCount(1);
		await page.goto(`/trace?account=${place.office.name}`);
		await expect(page.getByRole('article')).toHaveCount(1);
		await expect(page.getByRole('article')).toContainText('城管执法队');
		await page.context().close();
	});
});

/** The lines of the table that the page gives. */
async function exported(page: Page): Promise<readonly string[]> {
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: '导出表格' }).click()
	]);
	return (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
}
