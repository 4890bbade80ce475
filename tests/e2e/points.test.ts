import { expect, test, type Page } from '@playwright/test';
import { dayAt, monthOf } from '#kinds/day.ts';
import { parentScope } from '#records/scope.ts';
import { basic, type Login } from '../serve.ts';
import { Device, deskScreen, phoneScreen } from './device.ts';
import { heldOnServer } from './held-records.ts';
import { courtyardNames, startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { Worker } from './worker.ts';

test.describe('vitality points', () => {
	let place: Neighbourhood;
	let devices: Device[];

	test.beforeEach(async () => {
		place = await startNeighbourhood();
		devices = [];
	});
	test.afterEach(async () => {
		for (const device of devices) await device.remove();
		await place.server.remove();
	});

	async function signIn(name: string, login: Login): Promise<Worker> {
		const screen = login === place.office ? deskScreen : phoneScreen;
		const device = await Device.start(name, place.server.port, screen);
		devices.push(device);
		const someone = new Worker(device, login);
		await someone.signIn();
		return someone;
	}

	async function household(): Promise<string> {
		const records = await heldOnServer(place.server);
		const yard = records.find(
			({ kind, body }) => kind === 'courtyard' && body?.['name'] === courtyardNames[0]
		);
		const home = records.find(
			({ kind, scope, body }) =>
				kind === 'household' && parentScope(scope) === yard?.scope && body?.['door'] === '1号'
		);
		if (!home) throw new Error('nobody lives behind the first door');
		return home.scope;
	}

	async function openPoints(page: Page): Promise<void> {
		await page.getByRole('link', { name: '院落', exact: true }).click();
		await page.getByRole('link', { name: new RegExp(courtyardNames[0]) }).click();
		await page.getByRole('link', { name: /^1号/ }).first().click();
		await page.getByRole('link', { name: '活力值' }).click();
		await expect(page.getByRole('heading', { name: '结余' })).toBeVisible();
	}

	async function redeem(page: Page, item: string, points: string): Promise<void> {
		await page.getByRole('button', { name: '兑换', exact: true }).click();
		await page.getByLabel('换了什么').fill(item);
		await page.getByLabel('用去多少分').fill(points);
		await page.getByRole('button', { name: '记下兑换' }).click();
		await expect(page.getByRole('dialog')).toBeHidden();
		await expect(page.getByText(item).first()).toBeVisible();
	}

	const balance = (page: Page) => page.locator('section', { hasText: '结余' }).locator('strong').first();

	test('a rule gives points line by line; two redemptions made offline are overdrawn until the office settles them', async () => {
		const office = await signIn('office', place.office);
		await office.page.goto(`${office.device.link.url}/office/points/rules`);
		await office.page.getByRole('button', { name: '新立规则' }).click();
		const today = dayAt(new Date());
		await office.page.getByLabel('从哪一天起').fill(`${monthOf(today)}-01`);
		await office.page.getByLabel('分对了，每天').fill('3');
		await office.page.getByLabel('参加议事，每次').fill('10');
		await office.page.getByLabel('每户每天最多').fill('12');
		await office.page.getByRole('button', { name: '保存规则' }).click();
		await expect(office.page.getByText('现在用')).toBeVisible();
		await office.allDelivered();

		const first = await signIn('first worker', place.workers[0]);
		const second = await signIn('second worker', place.workers[1]);
		await first.openCourtyard(courtyardNames[0]);
		await first.checkIn(1);
		await openPoints(first.page);
		await expect(first.page.getByText('打卡：分对了')).toBeVisible();
		await first.page.getByRole('button', { name: '记一次参与' }).click();
		await first.page.getByRole('radio', { name: '参加议事' }).check();
		await first.page.getByRole('button', { name: '记好' }).click();
		await expect(first.page.getByText('当天封顶，少计 1 分')).toBeVisible();
		await expect(balance(first.page)).toHaveText('12');
		await first.allDelivered();

		await openPoints(second.page);
		await expect(balance(second.page)).toHaveText('12', { timeout: 60_000 });
		await first.device.goOffline();
		await second.device.goOffline();
		await redeem(first.page, '肥皂', '10');
		await redeem(second.page, '垃圾袋', '8');
		await expect(balance(first.page)).toHaveText('2');
		await expect(balance(second.page)).toHaveText('4');
		await first.device.goOnline();
		await second.device.goOnline();
		await first.allDelivered();
		await second.allDelivered();

		await office.page.goto(`${office.device.link.url}/office/points`);
		await expect(office.page.getByText('透支 6 分')).toBeVisible({ timeout: 60_000 });
		await expect(office.page.getByText(/worker2，/)).toBeVisible();
		await office.page.getByRole('button', { name: '收回：垃圾袋' }).click();
		await office.page.getByLabel('为什么撤回').fill('两人同时兑换');
		await office.page.getByRole('dialog').getByRole('button', { name: '收回' }).click();
		await expect(office.page.getByText('透支 6 分')).toBeHidden();
		await office.allDelivered();
		await expect(balance(second.page)).toHaveText('2', { timeout: 60_000 });

		const scope = await household();
		const query = new URLSearchParams({ household: scope, month: monthOf(today) }).toString();
		const told = await fetch(`${place.server.url}/api/points?${query}`, { headers: basic(place.office) });
		expect(await told.json()).toMatchObject({ total: 12, cut: 1 });
	});
});
