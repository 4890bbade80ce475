import { expect, test } from '@playwright/test';
import * as v from 'valibot';
import { managedAccount } from '#access/accounts-api.ts';
import { basic } from '../serve.ts';
import { Device, deskScreen } from './device.ts';
import { startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { foundIn } from './profile-search.ts';
import { Worker } from './worker.ts';

const pin = '482913';
/** Characters that stand nowhere else. */
const shown = '鑫淼焱垚';
const typed = '魑魅魍魉';

test.describe('under a PIN', () => {
	let place: Neighbourhood;
	let device: Device;

	test.beforeAll(async () => {
		place = await startNeighbourhood();
		await nameWorker();
		device = await Device.start('office', place.server.port, deskScreen);
	});
	test.afterAll(async () => {
		await device.remove();
		await place.server.remove();
	});

	async function nameWorker(): Promise<void> {
		const { server, office, workers } = place;
		const ask = async (path: string, init: RequestInit = {}): Promise<unknown> => {
			const headers = { ...basic(office), 'Content-Type': 'application/json' };
			const answer = await fetch(`${server.url}/api/accounts${path}`, { ...init, headers });
			expect(answer.status).toBe(200);
			return answer.json();
		};
		const { accounts } = v.parse(v.object({ accounts: v.array(managedAccount) }), await ask(''));
		const worker = accounts.find(({ name }) => name === workers[0].name);
		const body = JSON.stringify({ display: shown, rev: worker?.rev });
		await ask(`/${workers[0].name}`, { method: 'PATCH', body });
	}

	/** Reads a name of staff in the list of accounts, and leaves the form of a new one unfinished. */
	async function readAndType({ page }: Worker): Promise<void> {
		await page.getByRole('link', { name: '账号', exact: true }).first().click();
		await expect(page.getByRole('row', { name: new RegExp(shown) })).toBeVisible();
		await page.getByRole('link', { name: '新建账号' }).click();
		await page.getByLabel('姓名').fill(typed);
		await page.getByRole('link', { name: '设置', exact: true }).click();
		await expect(page.getByRole('heading', { name: '设置' })).toBeVisible();
	}

	test('the names of staff that an office reads and types stand nowhere on its disk', async () => {
		test.setTimeout(300_000);
		const desk = new Worker(device, place.office);
		await desk.signIn();
		await readAndType(desk);
		await device.close();
		// The control: without a PIN the unfinished form is found.
		expect((await foundIn(device.profile, { typed })).length).toBeGreaterThan(0);

		await device.open();
		const { page } = device;
		await page.goto(`${device.link.url}/settings`);
		await page.getByRole('button', { name: '设开锁密码' }).click();
		await page.getByLabel('新的开锁密码').fill(pin);
		await page.getByLabel('再输一次').fill(pin);
		await page.getByRole('button', { name: '设置并加密' }).click();
		await expect(page.getByText('已设开锁密码，这台设备上的内容是加密的。')).toBeVisible({ timeout: 60_000 });
		await readAndType(desk);
		await device.close();
		expect(await foundIn(device.profile, { shown, typed })).toEqual([]);
	});
});
