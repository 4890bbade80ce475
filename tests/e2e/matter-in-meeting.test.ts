import { expect, test } from '@playwright/test';
import { addDays, dayAt } from '#kinds/day.ts';
import { createAccount } from '../serve.ts';
import { householdsIn } from './held-households.ts';
import { heldOnServer } from './held-records.ts';
import { delivered, visit } from './looks.ts';
import { closeIt, photograph, rate } from './matter-steps.ts';
import { putMeeting } from './meetings-put.ts';
import { courtyardNames, startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';

const [courtyard] = courtyardNames;

test.describe('a matter that a worker comes upon', () => {
	let place: Neighbourhood;

	test.beforeAll(async () => {
		place = await startNeighbourhood({}, 4);
	});
	test.afterAll(() => place.server.remove());

	test('is talked over and decided in a meeting, tells at every step who, when and what is missing, and is rated in words that only staff read', async ({
		browser
	}) => {
		const homes = await householdsIn(place.server, courtyard);
		const [first] = homes;
		if (!first) throw new Error('nobody lives there');
		const on = { server: place.server, by: place.workers[0], scope: first.courtyard };
		const meeting = await putMeeting(
			on,
			homes.map(({ scope }) => scope)
		);
		const page = await visit(browser, place.server, place.workers[0]);
		const sheet = page.getByRole('dialog');
		const steps = page.getByRole('region', { name: '五步' });
		const now = steps.locator('[aria-current=step]');
		const stepOf = (name: string) => steps.getByRole('listitem').filter({ hasText: name });

		await test.step('raised, with its place, a photo and who told it', async () => {
			await page.goto('/matters/new');
			await page.getByRole('radio', { name: courtyard }).check();
			await page.getByLabel('谁反映的（可以不写）').fill('路过的居民甲');
			await page.getByLabel('具体位置（可以不写）').fill('东墙根');
			await page.getByLabel('什么事？').fill('落水管松了');
			await page.getByRole('radio', { name: '房屋修缮' }).check();
			await photograph(page);
			await page.getByRole('button', { name: '记下这件事' }).click();
			await expect(page.getByText('巡查发现：路过的居民甲')).toBeVisible();
			await expect(page.getByText(/示例胡同1号 东墙根$/)).toBeVisible();
			await expect(page.getByRole('button', { name: '看照片（1 张）' })).toBeVisible();
			await expect(now).toContainText('民提');
			await expect(now).toContainText('worker1');
			await expect(now).toContainText('还没有拿到议事会上议');
		});
		const path = new URL(page.url()).pathname;

		await test.step('talked over in the courtyard’s meeting, and decided there', async () => {
			await page.getByRole('button', { name: '拿到会上议' }).click();
			const option = sheet.getByRole('option', { name: /示例院落议事会/ });
			await sheet.getByRole('combobox').selectOption(await option.getAttribute('value'));
			await sheet.getByRole('button', { name: '拿到会上议' }).click();
			await expect(now).toContainText('民议');
			await expect(now).toContainText('还没有定下怎么办');
			await expect(page.getByRole('link', { name: /^议过这件事的会 示例院落议事会/ })).toHaveAttribute(
				'href',
				`/meetings/${meeting}`
			);
			await page.getByRole('button', { name: '记下怎么定的' }).click();
			await sheet.getByRole('textbox', { name: '怎么定的' }).fill('请维修队来固定');
			await sheet
				.getByRole('combobox')
				.first()
				.selectOption(await option.getAttribute('value'));
			await sheet.getByRole('button', { name: '记下怎么定的' }).click();
			await expect(now).toContainText('请维修队来固定');
			await expect(now).toContainText('在「示例院落议事会」上');
			await expect(now).toContainText('还没有定谁来办、哪天前办好');
		});

		await test.step('given to someone, it waits, and the lists find it by its step', async () => {
			await page.getByRole('button', { name: '交给人办' }).click();
			await sheet.getByRole('button', { name: '交给人办' }).click();
			await expect(now).toContainText('还没有办结');
			await page.getByRole('button', { name: '记进展' }).click();
			await sheet.getByLabel('办到哪儿了').fill('约了维修队');
			await sheet.getByLabel('在等什么（可以不写）').fill('梯子');
			await sheet.getByLabel('等到哪天（可以不选）').fill(addDays(dayAt(new Date()), 3));
			await sheet.getByRole('button', { name: '记下进展' }).click();
			await expect(page.getByText(/^在等：梯子（到.*）$/)).toHaveCount(2);
			await page.goto('/matters');
			const listed = page.getByRole('link', { name: /落水管松了/ });
			await page.getByLabel('到哪一步').selectOption('民议');
			await expect(listed).toBeHidden();
			await page.getByLabel('到哪一步').selectOption('民办');
			await expect(listed).toBeVisible();
			await page.getByLabel('看谁的').selectOption('我办的（2）');
			await page.getByLabel('类别').selectOption('房屋修缮');
			await expect(page.getByText('共 1 件')).toBeVisible();
			await listed.click();
		});

		await test.step('closed, it tells who took which step', async () => {
			await closeIt(page, '固定好了');
			await expect(now).toContainText('等各户评一评');
			for (const [name, told] of [
				['民提', 'worker1'],
				['民议', 'worker1'],
				['民决', /在「示例院落议事会」上.*请维修队来固定.*worker1/],
				['民办', /worker1 办，.*前/],
				['民评', '固定好了']
			] as const)
				await expect(stepOf(name)).toContainText(told);
		});

		await test.step('made public with whoever raised it by name, for they agreed', async () => {
			await page.getByRole('link', { name: '公开给居民看' }).click();
			await page.getByLabel('提出人（不写就不公开）').fill('居民甲');
			await expect(page.getByRole('article')).toContainText('居民甲，');
			await page.getByRole('button', { name: '公开', exact: true }).click();
			await expect(page.getByText('已经公开，和现在一样。')).toBeVisible();
			await delivered(page);
		});

		await test.step('a household is not content and says why, which its neighbour cannot read', async () => {
			const [one, other] = await Promise.all(
				homes.slice(0, 2).map(async ({ scope }, index) => {
					const login = await createAccount(place.server, `home-${'gh'.charAt(index).repeat(10)}`, [
						`resident:${scope}`
					]);
					return visit(browser, place.server, login);
				})
			);
			if (!one || !other) throw new Error('too few households');
			for (const home of [one, other]) {
				await home.goto('/public');
				await home.getByRole('link', { name: /落水管松了/ }).click({ timeout: 60_000 });
				await expect(home.getByText(/^居民甲，.*提出$/)).toBeVisible();
				await expect(home.getByText('路过的')).toHaveCount(0);
			}
			await one.getByLabel('想说的话').fill('一下雨又晃');
			await rate(one, '不满意');
			await expect(one.getByText('已送达', { exact: true })).toBeVisible({ timeout: 60_000 });
			await page.goto(path);
			await expect(page.getByText('一下雨又晃')).toBeVisible({ timeout: 60_000 });
			await expect(page.getByRole('button', { name: '重新办' })).toBeVisible();
			await other.reload();
			await expect(other.getByText(/^居民甲，.*提出$/)).toBeVisible();
			await expect(other.getByText('一下雨又晃')).toHaveCount(0);
			await one.context().close();
			await other.context().close();
		});
		const [raised] = (await heldOnServer(place.server)).filter(
			({ kind, body, parents }) =>
				kind === 'matter' && parents.length === 0 && body?.['text'] === '落水管松了'
		);
		expect(raised).toMatchObject({
			scope: first.courtyard,
			body: { source: 'worker', place: '东墙根', who: '路过的居民甲', category: 'repairs' }
		});
		await page.context().close();
	});
});
