import { expect, test, type Page } from '@playwright/test';
import { matterEntity } from '#kinds/matter.ts';
import { parentScope, type Scope } from '#records/scope.ts';
import { createAccount } from '../serve.ts';
import { heldOnServer } from './held-records.ts';
import { signedIn } from './looks.ts';
import { putReopened } from './matters-put.ts';
import { putMeeting } from './meetings-put.ts';
import { startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { put, putDeliberating, sealed } from './votes-put.ts';

test.describe('searching', () => {
	let place: Neighbourhood;
	let yard: Scope;
	let households: readonly Scope[];

	test.beforeAll(async () => {
		place = await startNeighbourhood({}, 6);
		const records = await heldOnServer(place.server);
		const held = records.find(({ kind, body }) => kind === 'courtyard' && body?.['name'] === '示例胡同1号');
		if (!held) throw new Error('the roster made no courtyard');
		yard = held.scope;
		households = records
			.filter(({ kind, scope }) => kind === 'household' && parentScope(scope) === yard)
			.map(({ scope }) => scope);
		const on = { server: place.server, by: place.workers[0], scope: yard };
		await putMeeting(on, households);
		await putDeliberating(on);
		await putReopened({ ...on, office: place.office }, households);
	});
	test.afterAll(() => place.server.remove());

	test('finds a meeting, a matter, a convention and a household by their words, without a network', async ({
		browser
	}) => {
		const page = await signedIn(browser, place.server, place.workers[0], { offline: true });
		await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
		await page.goto('/courtyards');
		await page.context().setOffline(true);
		await page.getByRole('link', { name: '搜会议、民事、公约和住户' }).click();
		// The page before has a field to search in, too.
		await expect(page.getByRole('heading', { name: '搜索', level: 1 })).toBeVisible();
		await page.getByRole('searchbox').fill('沙发');
		await expect(page.getByRole('main').getByRole('status')).toHaveText('找到 2 条');
		await expect(found(page, '会议')).toContainText('过道要能过轮椅，旧沙发挡了半年了');
		await expect(found(page, '民事')).toContainText('院门口的旧沙发堆了两个星期');
		await expect(page.getByRole('main').locator('mark')).toHaveText(['沙发', '沙发']);
		await test.step('a convention by its clauses; a meeting by what it resolved, which opens', async () => {
			await page.getByRole('searchbox').fill('轻声说话');
			await expect(found(page, '公约')).toContainText('晚上十点以后轻声说话');
			await page.getByRole('searchbox').fill('旧家具登记');
			await expect(page.getByRole('main').getByRole('status')).toHaveText('找到 1 条');
			await found(page, '会议').getByRole('link').click();
			await expect(page.getByRole('heading', { level: 1, name: '示例院落议事会' })).toBeVisible();
			await page.goBack();
		});
		await page.getByRole('searchbox').fill('发沙');
		await expect(page.getByText('没有找到')).toBeVisible();
		await page.getByRole('searchbox').fill('示例胡同１号 示例3');
		await expect(page.getByRole('main').getByRole('status')).toHaveText('找到 1 条');
		await page.getByRole('link', { name: /^3号 示例3/ }).click();
		await expect(page.getByRole('heading', { level: 1, name: '3号 示例3' })).toBeVisible();
		await page.goBack();
		await expect(page.getByRole('searchbox')).toHaveValue('示例胡同１号 示例3');
		await expect(page.getByRole('main').getByRole('status')).toHaveText('找到 1 条');
		expect(new URL(page.url()).search).toBe('');
		await page.context().close();
	});

	test('finds what arrives while somebody looks', async ({ browser }) => {
		const page = await signedIn(browser, place.server, place.workers[1]);
		await page.goto('/search');
		await page.getByRole('searchbox').fill('公厕的灯');
		await expect(page.getByText('没有找到')).toBeVisible();
		const by = place.workers[0];
		await put(place.server, by, [
			sealed(by, 'matter', matterEntity(yard, 'minshi0009'), yard, [], { text: '公厕的灯又坏了' })
		]);
		await expect(found(page, '民事')).toContainText('公厕的灯又坏了', { timeout: 60_000 });
		await page.context().close();
	});

	test('finds a resident what is theirs, and nothing of others', async ({ browser }) => {
		const [home = yard] = households;
		const resident = await createAccount(place.server, 'home-bbbbbbbbbb', [`resident:${home}`]);
		const page = await signedIn(browser, place.server, resident);
		await page.goto('/search');
		await page.getByRole('searchbox').fill('公约');
		await expect(found(page, '公约')).toContainText('示例院落公约（讨论稿）');
		await page.getByRole('searchbox').fill('沙发');
		await expect(page.getByText('没有找到')).toBeVisible();
		await page.context().close();
	});
});

/** What was found of a type. */
function found(page: Page, type: string) {
	return page.getByRole('region', { name: new RegExp(`^${type}（`) });
}
