import { expect, test } from '@playwright/test';
import { conventionState } from '#read-models/convention-state.ts';
import { policyOf } from '#kinds/kinds.ts';
import { RevisionSet } from '#records/revision-set.ts';
import { Device, phoneScreen } from './device.ts';
import { draftsOn } from './drafts-on.ts';
import { heldOnServer } from './held-records.ts';
import { startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { Worker } from './worker.ts';

test.describe('drafting a convention', () => {
	let place: Neighbourhood;
	let worker: Worker;

	test.beforeAll(async () => {
		place = await startNeighbourhood();
		const device = await Device.start('phone', place.server.port, phoneScreen);
		worker = new Worker(device, place.workers[0]);
	});
	test.afterAll(async () => {
		await worker.device.remove();
		await place.server.remove();
	});

	test('begun and written without a network, it survives a dead battery and arrives as it was saved', async () => {
		await worker.signIn();
		// Who is signed in is on the disk for good once the browser has been closed.
		await worker.device.close();
		await worker.device.open();
		await worker.device.goOffline();
		await worker.page.goto(`${worker.device.link.url}/conventions/new`);
		await worker.page.getByRole('radio', { name: '示例胡同1号' }).check();
		await worker.page.getByRole('radio', { name: '安静时段' }).check();
		await expect(worker.page.getByLabel('标题')).toHaveValue('示例胡同1号安静时段公约');
		await worker.page.getByRole('radio', { name: /^直接起草/ }).check();
		await worker.page.getByRole('button', { name: '建立' }).click();
		await expect(worker.page).toHaveURL(/\/conventions\/[^/]+\.[a-z0-9]{16}$/);
		const edit = `${new URL(worker.page.url()).pathname}/edit`;

		await worker.page.goto(worker.device.link.url + edit);
		await worker.page.getByRole('button', { name: /^第三条/ }).click();
		await worker.page.getByLabel('正文').fill('装修只在上午做。');
		await worker.page.getByRole('button', { name: '下移' }).click();
		await expect.poll(() => draftsOn(worker.page, worker.login.name)).toContain('装修只在上午做。');
		await worker.device.kill();

		await worker.device.open();
		await worker.device.goOffline();
		await worker.page.goto(worker.device.link.url + edit);
		await expect(worker.page.getByText(/^接着上次没保存的写/)).toBeVisible();
		await expect(worker.page.getByRole('listitem').filter({ hasText: '装修只在上午做。' })).toContainText(
			'第四条'
		);
		await worker.page.getByRole('button', { name: /^第一条/ }).click();
		await worker.page.getByRole('button', { name: '删去这一条' }).click();
		await worker.page.getByRole('button', { name: '撤销' }).click();
		await expect(worker.page.getByRole('heading', { name: '条文（7 条）' })).toBeVisible();
		await worker.page.getByRole('button', { name: '保存', exact: true }).click();
		await worker.sheet.getByLabel(/^为什么改/).fill('几户都这么说');
		await worker.sheet.getByRole('button', { name: '保存', exact: true }).click();
		await expect(worker.page).toHaveURL(/\/conventions\/[^/]+\.[a-z0-9]{16}$/);
		expect(await draftsOn(worker.page, worker.login.name)).not.toContain('装修只在上午做。');

		await worker.device.goOnline();
		await worker.allDelivered();
		const held = (await heldOnServer(place.server)).filter(({ kind }) => kind === 'convention');
		expect(held.map(({ reason }) => reason ?? '').sort()).toEqual(['', '几户都这么说']);
		const records = new RevisionSet(policyOf);
		records.add(held);
		const state = conventionState(records, held[0]?.entity ?? '');
		expect(state?.read).toMatchObject({ title: '示例胡同1号安静时段公约', stage: { name: 'drafting' } });
		expect(state?.read.clauses).toHaveLength(7);
		expect(state?.read.clauses[3]?.text).toBe('装修只在上午做。');
	});
});
