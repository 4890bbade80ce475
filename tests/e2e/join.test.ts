import { expect, test, type Page } from '@playwright/test';
import * as v from 'valibot';
import { basic } from '../serve.ts';
import { makeCard } from '../sync-server/join/card-client.ts';
import { deskScreen, Device, phoneScreen } from './device.ts';
import { heldOnServer } from './held-records.ts';
import { foundByAxe } from './looks.ts';
import { startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { Worker } from './worker.ts';

const sessionBody = v.object({ userCtx: v.object({ name: v.nullable(v.string()) }) });
const credentialRows = v.array(v.object({ credential: v.unknown() }));

test.describe('a household’s phone', () => {
	let place: Neighbourhood;
	let household: string;
	let phone: Device;

	test.beforeAll(async () => {
		place = await startNeighbourhood();
		const records = await heldOnServer(place.server);
		household =
			records.find(({ kind, body }) => kind === 'household' && body?.['door'] === '1号')?.scope ?? '';
	});
	test.afterAll(() => place.server.remove());
	test.beforeEach(async () => {
		phone = await Device.start('phone', place.server.port, phoneScreen);
	});
	test.afterEach(() => phone.remove());

	async function newCode(): Promise<string> {
		return (await makeCard(place.server, place.office, household, 2)).code;
	}

	async function openCard(code: string): Promise<Page> {
		await phone.page.goto(`${phone.link.url}/join#${code}`);
		await expect(phone.page.getByLabel('卡片上的码')).toHaveValue(code);
		return phone.page;
	}

	test('joins by the link on its card, is remembered by a passkey, and signs in again with one tap', async () => {
		const code = await newCode();
		await withAuthenticator(phone.page);
		const page = await openCard(code);
		await expect(page).toHaveURL(`${phone.link.url}/join`);
		await expect(page.locator('html')).toHaveAttribute('data-large');
		await expect(page.getByText(/不用填姓名和电话/)).toBeVisible();
		await nothingForAxe(page);
		await page.getByRole('button', { name: '加入', exact: true }).click();
		await expect(page.getByRole('heading', { name: '加入好了' })).toBeVisible();
		await nothingForAxe(page);
		await page.getByRole('button', { name: '让手机记住我' }).click();
		await expect(page.getByRole('button', { name: /今天分好了/ })).toBeVisible();
		const name = await signedInAs(page);
		expect(name).toMatch(/^home-[a-z2-9]{10}$/);
		expect(await credentials(page)).toEqual([{ how: 'passkey' }]);
		await expect.poll(() => userDoc(place, name)).toHaveProperty('passkey.rpId', 'localhost');

		await page.context().clearCookies();
		await page.goto(`${phone.link.url}/sync`);
		await expect(page.getByRole('button', { name: '按一下继续' })).toBeVisible();
		await expect(page.getByLabel('密码')).toHaveCount(0);
		await nothingForAxe(page);
		await page.getByRole('button', { name: '按一下继续' }).click();
		await expect.poll(() => signedInAs(page)).toBe(name);
		await expect(page.getByText('全部都已送到办公室')).toBeVisible();
	});

	test('without an authenticator it keeps a secret, and nobody notices that the session ended', async () => {
		const page = await openCard(await newCode());
		await page.getByRole('button', { name: '加入', exact: true }).click();
		await expect(page.getByRole('button', { name: /今天分好了/ })).toBeVisible();
		const name = await signedInAs(page);
		expect(await credentials(page)).toEqual([{ how: 'secret', secret: expect.any(String) }]);

		await page.context().clearCookies();
		expect(await signedInAs(page)).toBe('');
		await page.reload();
		await expect.poll(() => signedInAs(page)).toBe(name);
		await expect(page.getByRole('button', { name: /今天分好了/ })).toBeVisible();
	});

	test('keeps a typed code through mistakes, a dead network and a reload', async () => {
		const code = await newCode();
		const { page } = phone;
		await page.goto(`${phone.link.url}/join`);
		await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
		const field = page.getByLabel('卡片上的码');
		const join = page.getByRole('button', { name: '加入', exact: true });
		await field.fill('2345');
		await join.click();
		await expect(page.getByText('卡片上的码是 8 个字母和数字')).toBeVisible();
		await field.fill('23456789');
		await join.click();
		await expect(page.getByRole('alert')).toContainText('这个码打不开');

		await field.fill(code.toLowerCase());
		await phone.goOffline();
		await join.click();
		await expect(page.getByRole('alert')).toContainText('现在没有网');
		await page.reload();
		await expect(field).toHaveValue(code.toLowerCase());
		await phone.goOnline();
		await join.click();
		await expect(page.getByRole('button', { name: /今天分好了/ })).toBeVisible();
	});

	test('that someone else uses asks first, and keeps their work for when they come back', async () => {
		const worker = new Worker(phone, place.workers[0]);
		const { page } = phone;
		await worker.signIn();
		await worker.openCourtyard('示例胡同1号');
		await phone.goOffline();
		await worker.checkIn(2);
		await page.context().clearCookies();
		await phone.goOnline();
		await expect(worker.mark).toHaveAttribute('data-work', 'signed-out');

		await page.goto(`${phone.link.url}/join#${await newCode()}`);
		await expect(page.getByText('账号“worker1”正在用')).toBeVisible();
		await expect(page.getByText('还有 1 条没送到')).toBeVisible();
		await expect(page.getByLabel('卡片上的码')).toHaveCount(0);
		await nothingForAxe(page);
		await page.getByRole('button', { name: '换成卡片上的这一户' }).click();
		await page.getByRole('button', { name: '加入', exact: true }).click();
		await expect(page.getByRole('button', { name: /今天分好了/ })).toBeVisible();
		expect(await signedInAs(page)).toMatch(/^home-/);
		expect(await checkIns(place)).toBe(0);

		await page.goto(`${phone.link.url}/settings`);
		await page.getByRole('button', { name: '退出登录' }).click();
		await page.getByRole('button', { name: '退出，内容留着' }).click();
		// The household may come back as well.
		await expect(page.getByRole('button', { name: '按一下继续' })).toBeVisible();
		await page.getByLabel('账号').fill(worker.login.name);
		await page.getByLabel('密码').fill(worker.login.password);
		await page.getByRole('button', { name: '登录' }).click();
		await worker.allDelivered();
		expect(await checkIns(place)).toBe(1);
	});

	test('that was lost is shut out by its card in one step, and the card made in its place opens a new one', async () => {
		const page = await openCard(await newCode());
		await page.getByRole('button', { name: '加入', exact: true }).click();
		await expect(page.getByRole('button', { name: /今天分好了/ })).toBeVisible();

		const desk = await Device.start('desk', place.server.port, deskScreen);
		try {
			await new Worker(desk, place.office).signIn();
			await desk.page.goto(`${desk.link.url}/cards/${household}`);
			const joined = desk.page.getByRole('listitem').filter({ hasText: '已有 1 台加入' });
			await joined.first().getByRole('button', { name: '手机丢了：作废并重发' }).click();
			await desk.page.getByRole('dialog').getByRole('button', { name: '作废并重发' }).click();
			await expect(desk.page.getByText('发好了 1 张')).toBeVisible();
			const link = await desk.page.getByRole('img', { name: /^入户码/ }).getAttribute('aria-label');
			const code = (link ?? '').replaceAll(/[^A-Z2-9]/g, '');

			await page.reload();
			await expect(page.getByText('您家在这部手机上的内容已清掉')).toBeVisible();
			await openCard(code);
			await page.getByRole('button', { name: '加入', exact: true }).click();
			await expect(page.getByRole('button', { name: /今天分好了/ })).toBeVisible();
		} finally {
			await desk.remove();
		}
	});
});

/** A phone with a screen lock, which its owner opens at once. */
async function withAuthenticator(page: Page): Promise<void> {
	const session = await page.context().newCDPSession(page);
	await session.send('WebAuthn.enable');
	await session.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
			...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true }
		}
	});
}

/** Whose session the browser has; empty when it has none. */
async function signedInAs(page: Page): Promise<string> {
	const session = await page.evaluate(async () => {
		return await (await fetch('/db/_session', { cache: 'no-store' })).text();
	});
	return v.parse(sessionBody, JSON.parse(session)).userCtx.name ?? '';
}

/** What the device keeps to sign in with. */
async function credentials(page: Page): Promise<unknown> {
	const rows = await page.evaluate(async () => {
		const settled = <Value>(request: IDBRequest<Value>) =>
			new Promise<Value>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error ?? new Error('no reason given'));
			});
		const database = await settled(indexedDB.open('zhonggeng'));
		const range = IDBKeyRange.bound('credential:', 'credential:\uffff');
		const rows = await settled(database.transaction('things').objectStore('things').getAll(range));
		database.close();
		return JSON.stringify(rows);
	});
	return v.parse(credentialRows, JSON.parse(rows)).map(({ credential }) => credential);
}

async function userDoc({ server }: Neighbourhood, name: string): Promise<unknown> {
	const url = `${server.url}/db/_users/org.couchdb.user:${name}`;
	return await (await fetch(url, { headers: basic(server.admin) })).json();
}

async function checkIns({ server }: Neighbourhood): Promise<number> {
	return (await heldOnServer(server)).filter(({ kind }) => kind === 'check-in').length;
}

async function nothingForAxe(page: Page): Promise<void> {
	expect(await foundByAxe(page)).toEqual([]);
}
