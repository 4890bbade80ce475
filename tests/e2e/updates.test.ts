import { expect, test } from '@playwright/test';
import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Device, phoneScreen } from './device.ts';
import { startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { Worker } from './worker.ts';

test.describe('a new version', () => {
	let build: string;
	let place: Neighbourhood;
	let device: Device;

	test.beforeEach(async () => {
		build = await mkdtemp(join(tmpdir(), 'zhonggeng-build-'));
		await cp('build', build, { recursive: true });
		place = await startNeighbourhood({ BUILD_DIR: build });
		device = await Device.start('phone', place.server.port, phoneScreen);
	});
	test.afterEach(async () => {
		await device.remove();
		await place.server.remove();
		await rm(build, { recursive: true, force: true });
	});

	test('is offered, waits for a half-filled form, and gives it back when taken', async () => {
		test.setTimeout(180_000);
		const worker = new Worker(device, place.workers[0]);
		await worker.signIn();
		const { page } = worker;
		await worker.openCourtyard('示例胡同1号');
		await worker.openSheet(1);
		await worker.sheet.getByLabel('备注').fill('写到一半');
		await page.evaluate(() => document.documentElement.setAttribute('data-first-page', ''));

		for (const ending of ['', '.br', '.gz']) {
			if (ending) await rm(join(build, `service-worker.js${ending}`));
			else await appendFile(join(build, 'service-worker.js'), '\n// A later version.\n');
		}
		await place.server.stop();
		place = { ...place, server: await place.server.restart() };
		await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
		await expect(page.getByText('有新版本')).toBeAttached({ timeout: 60_000 });

		// It was not forced: the same page, with what was typed.
		await expect(page.locator('html')).toHaveAttribute('data-first-page', '');
		await expect(worker.sheet.getByLabel('备注')).toHaveValue('写到一半');

		await worker.sheet.getByRole('button', { name: '关上' }).click();
		await page.getByRole('button', { name: '更新' }).click();
		// The version before ends what it is doing first: a request may take a minute.
		await expect(page.locator('html')).not.toHaveAttribute('data-first-page', { timeout: 90_000 });
		await worker.openCourtyard('示例胡同1号');
		await worker.openSheet(1);
		await expect(worker.sheet.getByLabel('备注')).toHaveValue('写到一半');
	});
});
