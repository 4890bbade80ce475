import { expect, test } from '@playwright/test';
import { databaseOf } from '#records/database-name.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope, type Scope } from '#records/scope.ts';
import { couchClient } from '../contract/couch-client.ts';
import { basic } from '../serve.ts';
import { Device, deskScreen, phoneScreen } from './device.ts';
import { heldOnServer, photosOnServer } from './held-records.ts';
import { foundByAxe } from './looks.ts';
import { courtyardNames, startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { cachedAddresses, foundIn } from './profile-search.ts';
import { Worker } from './worker.ts';

const [courtyard] = courtyardNames;
const pin = '482913';
/** Characters that stand nowhere else, so that compression leaves them whole. */
const name = '鑫淼焱垚';
const phone = '13987650421';
const note = '魑魅魍魉已经分好了';
const draft = '饕餮麒麟还没写完';

test.describe('a PIN', () => {
	let place: Neighbourhood;
	let devices: Device[];
	let household: Scope;

	test.beforeEach(async () => {
		place = await startNeighbourhood();
		devices = [];
		const home = (await heldOnServer(place.server)).find(
			({ kind, body }) => kind === 'household' && body?.['door'] === '7号'
		);
		if (!home) throw new Error('nobody lives behind 7号');
		household = home.scope;
		await put({ ...home, parents: [home.hash], body: { ...home.body, head: name, phone } });
	});
	test.afterEach(async () => {
		for (const device of devices) await device.remove();
		await place.server.remove();
	});

	async function put({
		kind,
		entity,
		parents,
		scope,
		body
	}: Pick<Revision, 'kind' | 'entity' | 'parents' | 'scope' | 'body'>) {
		const { server } = place;
		const at = new Date().toISOString();
		const record = seal({
			kind,
			entity,
			parents,
			scope,
			author: server.admin.name,
			device: 'desk',
			at,
			body
		});
		const couch = couchClient(server, server.admin);
		expect([201, 412]).toContain((await couch.send('PUT', databaseOf(scope))).status);
		const answer = await couch.send('POST', `${databaseOf(scope)}/_bulk_docs`, {
			docs: [record],
			new_edits: false
		});
		expect(answer.body).toEqual([]);
	}

	async function started(): Promise<Worker> {
		const device = await Device.start('phone', place.server.port, phoneScreen);
		devices.push(device);
		return new Worker(device, place.workers[0]);
	}

	async function signIn({ page, device, login }: Worker): Promise<void> {
		await page.goto(device.link.url);
		await page.getByLabel('账号').fill(login.name);
		await page.getByLabel('密码').fill(login.password);
		await page.getByRole('button', { name: '登录' }).click();
	}

	async function setPin({ page }: Worker): Promise<void> {
		await page.getByLabel('新的开锁密码').fill(pin);
		await page.getByLabel('再输一次').fill(pin);
		await page.getByRole('button', { name: '设置并加密' }).click();
	}

	async function unlock({ page }: Worker, typed: string): Promise<void> {
		for (const digit of typed) await page.getByRole('button', { name: digit, exact: true }).click();
		await page.getByRole('button', { name: '解锁' }).click();
	}

	async function nothingForAxe({ page }: Worker): Promise<void> {
		expect(await foundByAxe(page)).toEqual([]);
	}

	/** Goes to another page of the app without loading it anew. */
	async function follow({ page }: Worker, path: string): Promise<void> {
		await page.evaluate((href) => {
			const link = Object.assign(document.createElement('a'), { href });
			document.body.append(link);
			link.click();
			link.remove();
		}, path);
	}

	/** A check-in with a note and a photo, delivered, and a form that is not finished. */
	async function work(worker: Worker): Promise<void> {
		const { page, sheet } = worker;
		await worker.allDelivered();
		await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
		await worker.openCourtyard(courtyard);
		await worker.openSheet(7);
		await sheet.getByLabel('备注').fill(note);
		await worker.takePhoto(await picture(worker));
		await worker.tap('分对了');
		await expect(worker.row(7)).toHaveAccessibleName(/分对了/);
		await worker.openSheet(8);
		await sheet.getByLabel('备注').fill(draft);
		await sheet.getByRole('button', { name: '关上' }).click();
		// A page about a household by name: the browser keeps the titles of pages.
		await follow(worker, `/households/${household}`);
		await expect(page.getByRole('heading', { name: new RegExp(name) })).toBeVisible();
		await page.goBack();
		await worker.allDelivered();
	}

	async function picture({ page }: Worker): Promise<Buffer> {
		const base64 = await page.evaluate(async () => {
			const canvas = new OffscreenCanvas(1600, 1200);
			const context = canvas.getContext('2d');
			if (!context) throw new Error('no canvas');
			for (let dot = 0; dot < 3000; dot += 1) {
				context.fillStyle = `hsl(${(dot * 47) % 360} 60% 50%)`;
				context.fillRect((dot * 131) % 1600, (dot * 71) % 1200, 40, 30);
			}
			const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
			const bytes = new Uint8Array(await blob.arrayBuffer());
			return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
		});
		return Buffer.from(base64, 'base64');
	}

	/** What must not be found, the middle of the photo as the server holds it among it. */
	async function marks(): Promise<Readonly<Record<string, string | Uint8Array>>> {
		const { server, grid } = place;
		const [hash] = await photosOnServer(server, databaseOf(grid));
		const path = `${server.url}/db/${databaseOf(grid)}/photo:${hash}/photo`;
		const bytes = Buffer.from(await (await fetch(path, { headers: basic(server.admin) })).arrayBuffer());
		expect(bytes.length).toBeGreaterThan(5_000);
		const middle = Math.floor(bytes.length / 2);
		return { name, phone, note, draft, photo: bytes.subarray(middle, middle + 48) };
	}

	function namesOf(found: readonly string[]): readonly string[] {
		return [...new Set(found.map((each) => each.slice(each.lastIndexOf(' ') + 1)))].sort();
	}

	test('that the office asks for comes before anything is stored, and nothing stands in clear on the disk', async () => {
		test.setTimeout(300_000);
		const scope = toScope('qianmen');
		await put({ kind: 'policy', entity: 'qianmen', parents: [], scope, body: { staffPin: true } });
		const worker = await started();
		await signIn(worker);
		await expect(worker.page.getByRole('heading', { name: '请先设开锁密码' })).toBeVisible();
		await nothingForAxe(worker);
		await setPin(worker);
		await work(worker);
		await worker.device.close();
		expect(await foundIn(worker.device.profile, await marks())).toEqual([]);

		await worker.device.open();
		await worker.device.goOffline();
		await worker.page.goto(worker.device.link.url);
		await expect(worker.page.getByRole('heading', { name: '已上锁' })).toBeVisible();
		await unlock(worker, '999999');
		await expect(worker.page.getByText('开锁密码不对')).toBeVisible();
		await nothingForAxe(worker);
		await unlock(worker, pin);
		await worker.openCourtyard(courtyard);
		await expect(worker.row(7)).toHaveAccessibleName(/分对了/);
		await worker.openSheet(8);
		await expect(worker.sheet.getByLabel('备注')).toHaveValue(draft);
		// A second tab has the key from the first.
		const second = await worker.page.context().newPage();
		await second.goto(worker.device.link.url);
		await expect(second.locator('[data-work]')).toBeVisible();
		await worker.device.close();
		expect(await foundIn(worker.device.profile, await marks())).toEqual([]);
	});

	test('is no use if the browser keeps copies of its own: of feeds and photos it has none', async () => {
		const worker = await started();
		await signIn(worker);
		await work(worker);
		const { server, grid } = place;
		const other = await Device.start('other phone', server.port, phoneScreen);
		devices.push(other);
		const colleague = new Worker(other, place.workers[0]);
		await signIn(colleague);
		await colleague.openCourtyard(courtyard);
		await colleague.openSheet(7);
		// This phone has no such photo: it asks the server for it, as it has asked for everything else.
		await expect(colleague.sheet.locator('img')).toBeVisible();
		const [hash] = await photosOnServer(server, databaseOf(grid));
		expect(hash).toBeDefined();
		await other.close();
		await worker.device.close();
		for (const { profile } of devices) {
			const cached = (await cachedAddresses(profile)).map((address) => new URL(address).pathname);
			// The control: the app's own files are found there.
			expect(cached.filter((path) => path.startsWith('/_app/'))).not.toEqual([]);
			expect(cached.filter((path) => /^\/(?:db|api)\//.test(path))).toEqual([]);
		}
	});

	test('set later takes what stood in clear off the disk', async () => {
		test.setTimeout(300_000);
		const worker = await started();
		await signIn(worker);
		await work(worker);
		await worker.device.close();
		// The control: without a PIN all of it is found.
		expect(namesOf(await foundIn(worker.device.profile, await marks()))).toEqual(
			expect.arrayContaining(['draft', 'name', 'note', 'phone', 'photo'])
		);

		await worker.device.open();
		await worker.page.goto(`${worker.device.link.url}/settings`);
		await worker.page.getByRole('button', { name: '设开锁密码' }).click();
		await setPin(worker);
		await expect(worker.page.getByText('已设开锁密码，这台设备上的内容是加密的。')).toBeVisible({
			timeout: 60_000
		});
		await worker.device.close();
		expect(await foundIn(worker.device.profile, await marks())).toEqual([]);

		await worker.device.open();
		await worker.page.goto(worker.device.link.url);
		await unlock(worker, pin);
		await worker.openCourtyard(courtyard);
		await expect(worker.row(7)).toHaveAccessibleName(/分对了/);
		await worker.openSheet(8);
		await expect(worker.sheet.getByLabel('备注')).toHaveValue(draft);
	});

	for (const [moment, there, gone] of [
		['as soon as it has a lock', 'zhonggeng.lock-worker1', 'nothing'],
		['while the clear is being swept away', 'zhonggeng.sweeping', 'nothing'],
		['when the clear is only just gone', 'zhonggeng.sweeping', 'zhonggeng-worker1']
	] as const)
		test(`set later on a phone that dies ${moment} loses nothing, and is done when it is unlocked`, async () => {
			test.setTimeout(300_000);
			const worker = await started();
			await signIn(worker);
			await work(worker);
			await worker.page.goto(`${worker.device.link.url}/settings`);
			await worker.page.getByRole('button', { name: '设开锁密码' }).click();
			const dying = worker.page.evaluate(
				async ([wanted, unwanted]) => {
					for (;;) {
						const names = (await indexedDB.databases()).map(({ name }) => name);
						if (names.includes(wanted) && !names.includes(unwanted)) return;
						await new Promise((resolve) => setTimeout(resolve, 5));
					}
				},
				[there, gone] as const
			);
			await setPin(worker);
			await dying;
			await worker.device.kill();

			await worker.device.open();
			await worker.page.goto(worker.device.link.url);
			await unlock(worker, pin);
			await worker.openCourtyard(courtyard);
			await expect(worker.row(7)).toHaveAccessibleName(/分对了/);
			await worker.openSheet(8);
			await expect(worker.sheet.getByLabel('备注')).toHaveValue(draft);
			await worker.device.close();
			expect(await foundIn(worker.device.profile, await marks())).toEqual([]);
		});

	test('ten times wrong takes what was delivered off the phone, and the sign-in page says so', async () => {
		test.setTimeout(300_000);
		const worker = await started();
		await signIn(worker);
		await worker.allDelivered();
		await worker.page.goto(`${worker.device.link.url}/settings`);
		await worker.page.getByRole('button', { name: '设开锁密码' }).click();
		// It locks by itself, also on a page that is not about the account, and the waits between wrong PINs are
		// judged by the clock, which a test turns forward.
		await worker.page.clock.install();
		await setPin(worker);
		await expect(worker.page.getByRole('button', { name: '现在上锁' })).toBeVisible();
		await follow(worker, '/password');
		await expect(worker.page.getByRole('button', { name: '现在上锁' })).toBeHidden();
		await worker.page.clock.fastForward('00:11:00');
		await worker.page.goBack();
		await expect(worker.page.getByRole('heading', { name: '已上锁' })).toBeVisible();
		for (let tries = 0; tries < 10; tries += 1) {
			await unlock(worker, '999999');
			if (tries < 9) {
				await expect(worker.page.getByText('开锁密码不对')).toBeVisible();
				await worker.page.clock.fastForward('24:00:00');
			}
		}
		await expect(worker.page.getByText('开锁密码多次输错，这台设备上的内容已清除。')).toBeVisible();
		await worker.page.reload();
		await expect(worker.page.getByText('开锁密码多次输错，这台设备上的内容已清除。')).toBeVisible();
		await nothingForAxe(worker);
	});

	test('is asked of the office itself at its next page, once it has made the rule', async () => {
		const device = await Device.start('office', place.server.port, deskScreen);
		devices.push(device);
		const desk = new Worker(device, place.office);
		await desk.signIn();
		await desk.page.getByRole('link', { name: '管理规定' }).click();
		await desk.page.getByRole('switch', { name: '工作人员必须设开锁密码' }).click();
		// Nothing is taken from the screen of whoever works on it.
		await expect(desk.page.getByText('已保存')).toBeVisible();
		await expect(desk.page.getByRole('switch', { name: '工作人员必须设开锁密码' })).toBeChecked();
		await desk.page.getByRole('link', { name: '设置', exact: true }).click();
		await expect(desk.page.getByRole('heading', { name: '请先设开锁密码' })).toBeVisible();
		await setPin(desk);
		await desk.allDelivered();
		const rule = (await heldOnServer(place.server)).find(({ kind }) => kind === 'policy');
		expect(rule?.body).toEqual({ staffPin: true });
		await desk.page.getByRole('link', { name: '设置', exact: true }).click();
		await expect(desk.page.getByText('街道要求工作人员设开锁密码，不能取消。')).toBeVisible();
		await desk.page.getByRole('button', { name: '现在上锁' }).click();
		await expect(desk.page.getByRole('heading', { name: '已上锁' })).toBeVisible();
		await unlock(desk, pin);
		await expect(desk.page.getByText('已设开锁密码，这台设备上的内容是加密的。')).toBeVisible();
	});
});
