import { expect, test } from '@playwright/test';
import type { Scope } from '#records/scope.ts';
import { Device, phoneScreen } from './device.ts';
import { putDoubtful } from './doubtful-convention.ts';
import { heldOnServer } from './held-records.ts';
import { startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { Worker } from './worker.ts';

test.describe('what two people wrote in one place of a convention', () => {
	let place: Neighbourhood;
	let entity: string;

	test.setTimeout(180_000);
	test.beforeAll(async () => {
		place = await startNeighbourhood();
		const records = await heldOnServer(place.server);
		const yard = records.find(({ kind, body }) => kind === 'courtyard' && body?.['name'] === '示例胡同1号');
		if (!yard) throw new Error('no courtyard');
		const scope: Scope = yard.scope;
		entity = await putDoubtful(place.server, place.workers, scope);
	});
	test.afterAll(() => place.server.remove());

	test('is settled in one go, and the answers outlive the browser, without a network', async () => {
		const device = await Device.start('phone', Number(new URL(place.server.url).port), phoneScreen);
		try {
			const worker = new Worker(device, place.workers[0]);
			await worker.signIn();
			const address = `${device.link.url}/conventions/${entity}`;
			await worker.page.goto(`${address}/doubts`);
			await expect(worker.page.getByText('已选 0/3')).toBeVisible();
			await expect(worker.page.getByText('一个人删了这一条，另一个人改了它。')).toBeVisible();
			await device.goOffline();
			await worker.page.getByRole('radio', { name: '两版都留' }).check();
			const anew = worker.page
				.getByRole('radiogroup', { name: '标题' })
				.getByRole('radio', { name: '重新写' });
			await anew.check();
			await worker.page.getByLabel('写成').fill('示例院落公约');
			await expect(worker.page.getByText('已选 2/3')).toBeVisible();
			await device.close();
			await device.open();
			await worker.page.goto(`${address}/doubts`);
			await expect(worker.page.getByText('已选 2/3')).toBeVisible();
			await expect(worker.page.getByLabel('写成')).toHaveValue('示例院落公约');
			const second = worker.page.getByRole('radiogroup', { name: /^第二条/ });
			await second.getByRole('radio', { name: '用worker2的这一版' }).check();
			await worker.page.getByLabel('为什么这样选').fill('挨家问过');
			await worker.page.getByRole('button', { name: '就按选的定' }).click();
			await expect(worker.page.getByText(/^已选定：/)).toBeVisible();
			await expect(worker.page).toHaveURL(address);
			await device.goOnline();
			await worker.allDelivered();
			const held = (await heldOnServer(place.server)).filter((record) => record.entity === entity);
			const settled = held.filter(({ parents }) => parents.length > 1);
			expect(settled).toHaveLength(1);
			expect(settled[0]).toMatchObject({ reason: '挨家问过', body: { title: '示例院落公约' } });
			expect(settled[0]?.body?.['clauses']).toHaveLength(5);
			await worker.page.goto(`${address}/versions`);
			await expect(worker.page.getByRole('heading', { name: '合到一起' })).toBeVisible();
			await expect(
				worker.page.getByRole('listitem').filter({ has: worker.page.getByRole('article') })
			).toHaveCount(5);
		} finally {
			await device.remove();
		}
	});
});
