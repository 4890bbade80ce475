import { expect, test } from '@playwright/test';
import { startServer, type TestServer } from '../serve.ts';
import { Device, deskScreen } from './device.ts';
import { heldOnServer } from './held-records.ts';
import { courtyardNames, rosterOf } from './neighbourhood.ts';
import { Worker } from './worker.ts';

test.describe('the office’s first day', () => {
	let server: TestServer;
	let device: Device;

	test.beforeEach(async () => {
		server = await startServer();
		device = await Device.start('office', server.port, deskScreen);
	});
	test.afterEach(async () => {
		await device.remove();
		await server.remove();
	});

	test('goes from the one-time link to a roster on the server, and doing it twice changes nothing', async () => {
		const desk = new Worker(device, server.admin);
		const { page } = desk;
		await page.goto(`${device.link.url}/setup#${server.setupToken}`);
		await page.getByLabel('街道名称').fill('示例街道');
		await page.getByLabel('街道代码').fill('example');
		await page.getByLabel('账号').fill(desk.login.name);
		await page.getByLabel('密码', { exact: true }).fill(desk.login.password);
		await page.getByLabel('再填一次密码').fill(desk.login.password);
		await page.getByRole('button', { name: '建立账号' }).click();
		await desk.allDelivered();
		await expect
			.poll(async () => (await heldOnServer(server)).map(({ body }) => body))
			.toEqual([{ name: '示例街道' }]);

		// The link works once.
		const again = await fetch(`${server.url}/api/setup`, {
			headers: { Authorization: `Bearer ${server.setupToken}` }
		});
		expect(again.status).toBe(404);

		await page.getByRole('link', { name: '花名册', exact: true }).click();
		const file = { name: '花名册.csv', mimeType: 'text/csv', buffer: Buffer.from(rosterOf(4)) };
		await page.locator('input[type=file]').setInputFiles(file);
		// 8 households, 2 courtyards, a grid and a community.
		await page.getByRole('button', { name: '保存 12 条' }).click();
		await expect(page.getByText('已保存 12 条')).toBeVisible();
		await desk.allDelivered();
		await expect.poll(async () => (await heldOnServer(server)).length).toBe(13);
		const kinds = Map.groupBy(await heldOnServer(server), ({ kind }) => kind);
		expect(kinds.get('household')).toHaveLength(8);
		expect(
			kinds
				.get('courtyard')
				?.map(({ body }) => body?.['name'])
				.sort()
		).toEqual([...courtyardNames]);

		await page.getByRole('button', { name: '换一个文件' }).click();
		await page.locator('input[type=file]').setInputFiles(file);
		await expect(page.getByText('没有要保存的')).toBeVisible();
		expect(await heldOnServer(server)).toHaveLength(13);

		// What is kept on the device, and whether the browser will keep it, is told.
		await page.getByRole('link', { name: '设置' }).click();
		await expect(page.getByText(/\d.*，最多可用/)).toBeVisible();
		await expect(page.getByText(/浏览器(答应不会自动清掉|可能会清掉)|请浏览器保留/).first()).toBeVisible();
	});
});
