import { expect, test } from '@playwright/test';
import { parentScope } from '#records/scope.ts';
import { Device, deskScreen, phoneScreen } from './device.ts';
import { heldOnDevice, heldOnServer } from './held-records.ts';
import { courtyardNames, startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { Worker } from './worker.ts';

test.describe('erasure', () => {
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

	test('an office erases a household; the words leave the server and the worker’s phone, the check-in stays', async () => {
		const phone = await Device.start('phone', place.server.port, phoneScreen);
		const desk = await Device.start('desk', place.server.port, deskScreen);
		devices = [phone, desk];
		const worker = new Worker(phone, place.workers[0]);
		await worker.signIn();
		await worker.openCourtyard(courtyardNames[0]);
		await worker.openSheet(1);
		await worker.sheet.getByText('还可以记').click();
		await worker.sheet.getByLabel('备注').fill('家里有病人');
		await worker.tap('分对了');
		await expect(worker.row(1)).toHaveAccessibleName(/分对了/);
		await worker.allDelivered();

		const office = new Worker(desk, place.office);
		await office.signIn();
		const records = await heldOnServer(place.server);
		const yard = records.find(
			({ kind, body }) => kind === 'courtyard' && body?.['name'] === courtyardNames[0]
		);
		const home = records.find(
			({ kind, scope, body }) =>
				kind === 'household' && parentScope(scope) === yard?.scope && body?.['door'] === '1号'
		);
		await office.page.goto(`${desk.link.url}/households/${home?.scope ?? ''}`);
		await office.page.getByRole('link', { name: '清除个人信息' }).click();
		await expect(office.page.getByText('会留下')).toBeVisible();
		await office.page.getByRole('button', { name: '清除，不能恢复' }).click();
		await expect(office.page.getByText('和上面的名字不一样。')).toBeVisible();
		await office.page.getByLabel(/请照样写一遍/).fill('1号 示例1');
		await office.page.getByRole('button', { name: '清除，不能恢复' }).click();
		await expect(office.page.getByText(/清除了这一户的个人信息/)).toBeVisible({ timeout: 60_000 });

		const words = (held: readonly { readonly body: unknown; readonly scope: string }[]) =>
			JSON.stringify(held.filter(({ scope }) => scope === home?.scope).map(({ body }) => body));
		const kept = words(await heldOnServer(place.server));
		expect(kept).not.toMatch(/家里有病人|示例1/);
		expect(kept).toContain('correct');
		for (const { page, login } of [worker, office]) {
			await expect
				.poll(async () => words((await heldOnDevice(page, login.name)).records), { timeout: 60_000 })
				.not.toMatch(/家里有病人|示例1/);
		}
		await expect(worker.row(1)).toHaveAccessibleName(/分对了/);

		// Words that were written since can be erased as well.
		await expect(office.page.getByText('这一户没有可以清除的个人信息。')).toBeVisible();
		await worker.openSheet(1);
		await worker.sheet.getByText('还可以记').click();
		await worker.sheet.getByLabel('备注').fill('又写了一句');
		await worker.tap('分对了');
		await worker.allDelivered();
		await office.page.goto(`${desk.link.url}/office/erase/${home?.scope ?? ''}`);
		await expect(office.page.getByText(/清除了这一户的个人信息/)).toBeVisible();
		await expect(office.page.getByLabel(/请照样写一遍/)).toBeVisible();

		// They leave a phone, too, whose account has signed out and left its contents there.
		await worker.page.goto(`${phone.link.url}/settings`);
		await worker.page.getByRole('button', { name: '退出登录' }).click();
		await worker.page.getByRole('button', { name: '退出，内容留着' }).click();
		await expect(worker.page.getByLabel('账号')).toBeVisible();
		const left = async () => words((await heldOnDevice(worker.page, worker.login.name)).records);
		expect(await left()).toContain('又写了一句');
		await office.page.getByLabel(/请照样写一遍/).fill('1号');
		await office.page.getByRole('button', { name: '清除，不能恢复' }).click();
		await expect
			.poll(async () => words(await heldOnServer(place.server)), { timeout: 60_000 })
			.not.toContain('又写了一句');
		await worker.page.goto(phone.link.url);
		await expect.poll(left, { timeout: 60_000 }).not.toContain('又写了一句');
	});
});
