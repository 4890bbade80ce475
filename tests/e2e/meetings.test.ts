import { expect, test } from '@playwright/test';
import { draftsOn } from './drafts-on.ts';
import { heldOnServer } from './held-records.ts';
import { Device, phoneScreen } from './device.ts';
import { useCamera } from './matter-steps.ts';
import {
	addItem,
	callMeeting,
	comes,
	lines,
	openLine,
	part,
	putRight,
	takeDown,
	words
} from './minute-taking.ts';
import { startNeighbourhood } from './neighbourhood.ts';
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
		await expect(part(other.page, /门口堆放杂物/)).toBeVisible({ timeout: 60_000 });

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

test('a photo taken on one phone is seen on the other, a line that both changed is settled by a choice, and one taken down twice is taken out', async () => {
	const place = await startNeighbourhood({}, 2);
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
		for (const said of ['下周六一起搬', '先登记再清', '登记好了再清']) await takeDown(one.page, said);
		await one.allDelivered();
		const { pathname, search } = new URL(one.page.url());
		await other.page.goto(`${other.device.link.url}${pathname}${search}`);
		await expect(lines(other.page)).toHaveCount(3, { timeout: 60_000 });

		for (const worker of both) await worker.device.goOffline();
		await putRight(one.page, '下周六一起搬', '下周日一起搬');
		await putRight(other.page, '下周六一起搬', '月底前一起搬');
		const sheet = await openLine(other.page, '登记好了再清');
		await sheet.getByRole('button', { name: '重复了' }).click();
		await expect(lines(other.page)).toHaveCount(2);
		await part(one.page, /^照片/).click();
		await useCamera(one.page);
		await expect(one.page.getByRole('img', { name: '照片', exact: true })).toBeVisible();

		for (const worker of both) await worker.device.goOnline();
		for (const worker of both) await worker.allDelivered();
		await part(other.page, /^照片/).click({ timeout: 60_000 });
		const photo = other.page.getByRole('img', { name: '照片', exact: true });
		await expect(photo).toBeVisible({ timeout: 60_000 });
		expect(await photo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(360);

		const versions = ({ page }: Worker) =>
			page.getByRole('listitem').filter({ has: page.getByRole('button', { name: '以这个为准' }) });
		for (const worker of both) {
			await part(worker.page, /门口堆放杂物/).click();
			const { page } = worker;
			await expect(page.getByText('两个人都改了这一条，请选一个：')).toBeVisible({ timeout: 60_000 });
			for (const said of ['下周日一起搬', '月底前一起搬'])
				await expect(versions(worker).filter({ hasText: said }).last()).toBeVisible();
			await expect(page.getByText('登记好了再清')).toBeHidden();
		}
		await versions(one)
			.filter({ hasText: '月底前一起搬', hasNotText: '下周日一起搬' })
			.getByRole('button', { name: '以这个为准' })
			.click();
		for (const { page } of both) {
			await expect(lines(page).filter({ hasText: '月底前一起搬' })).toHaveCount(1, { timeout: 60_000 });
			await expect(page.getByText('下周日一起搬')).toBeHidden();
			await expect(lines(page)).toHaveCount(2);
		}
		await one.allDelivered();
		const taken = (await heldOnServer(server)).filter(({ kind, body }) => kind === 'minute' && body === null);
		expect(taken.map(({ reason, author }) => [reason, author])).toEqual([['重复了', 'worker2']]);
	} finally {
		for (const { device } of both) await device.remove();
		await server.remove();
	}
});
