import { expect, test, type Page } from '@playwright/test';
import * as v from 'valibot';
import { madeCard } from '#access/cards-api.ts';
import { checkInEntity, readCheckIn } from '#kinds/check-in.ts';
import { dayAt } from '#kinds/day.ts';
import { policyOf } from '#kinds/kinds.ts';
import { parentScope, type Scope } from '#records/scope.ts';
import { stateOf } from '#records/state-of.ts';
import { basic, createAccount } from '../serve.ts';
import { Device, deskScreen, phoneScreen } from './device.ts';
import { heldOnServer } from './held-records.ts';
import { courtyardNames, startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { Resident } from './resident.ts';
import { Worker } from './worker.ts';

const [courtyardName] = courtyardNames;
const door = 4;

test.describe('residents tap for themselves', () => {
	let place: Neighbourhood;
	let household: Scope;
	const devices: Device[] = [];

	test.setTimeout(240_000);
	test.beforeEach(async () => {
		place = await startNeighbourhood();
		household = await householdOf(place, `${door}号`);
	});
	test.afterEach(async () => {
		for (const device of devices.splice(0)) await device.remove();
		await place.server.remove();
	});

	async function started(name: string, screen = phoneScreen): Promise<Device> {
		const device = await Device.start(name, place.server.port, screen);
		devices.push(device);
		return device;
	}

	async function resident(name: string): Promise<Resident> {
		const login = await createAccount(place.server, name, [`resident:${household}`]);
		const phone = new Resident(await started(name), login);
		await phone.signIn(`${courtyardName} ${door}号`);
		return phone;
	}

	/** What the office's records say of the household's day. */
	async function checkIn() {
		const entity = checkInEntity(household, dayAt(new Date()));
		const revisions = (await heldOnServer(place.server)).filter((revision) => revision.entity === entity);
		const state = stateOf(revisions, policyOf('check-in'));
		return { revisions, state, body: state.status === 'present' ? readCheckIn(state.body) : undefined };
	}

	test('tapped on two phones without a network and observed at the door, it is one check-in with both views', async () => {
		const [first, second] = [await resident('home-one'), await resident('home-two')];
		// Large type from the first screen.
		expect(await first.page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('30px');
		const worker = new Worker(await started('worker'), place.workers[0]);
		await worker.signIn();

		for (const phone of [first, second]) {
			await phone.device.goOffline();
			await phone.page.reload();
			await phone.tap();
			await expect(phone.page.getByText('已存在手机上，有网就送到')).toBeVisible();
		}
		// Started again it is still noted, and there is nothing more to tap.
		await first.page.reload();
		await expect(first.page.getByText('今天分好了，已记下')).toBeVisible();
		await expect(first.button).toBeHidden();

		await worker.openCourtyard(courtyardName);
		await worker.checkIn(door, '混投');
		await worker.allDelivered();
		for (const phone of [first, second]) {
			await phone.device.goOnline();
			await phone.delivered();
		}
		// What the worker saw comes to the household's own phones, and the tap stands beside it.
		await expect(first.page.getByText('网格员今天来看过：混投')).toBeVisible({ timeout: 60_000 });
		await expect(first.page.getByText('今天分好了，已记下')).toBeVisible();

		const { revisions, state, body } = await checkIn();
		expect(revisions).toHaveLength(3);
		expect(state).toMatchObject({ status: 'present', doubts: [] });
		expect(body).toMatchObject({ observed: { quality: 'mixed' }, reported: { quality: 'correct' } });

		// Said otherwise after the visit, it stands beside it all the same.
		await second.page.getByRole('button', { name: '补充或修改' }).click();
		await second.page.getByRole('radio', { name: '混投' }).check();
		await second.page.getByRole('checkbox', { name: '厨余垃圾' }).check();
		await second.page.getByRole('button', { name: '记下' }).click();
		await expect(second.page.getByText('今天已记下：混投')).toBeVisible();
		await second.delivered();
		await expect
			.poll(async () => (await checkIn()).body?.reported)
			.toEqual({ quality: 'mixed', streams: ['food'] });
		expect((await checkIn()).body?.observed).toEqual({ quality: 'mixed' });

		const office = await started('office', deskScreen);
		const clerk = new Worker(office, place.office);
		await clerk.signIn();
		await office.page.goto(`${office.link.url}/households/${household}?day=${dayAt(new Date())}`);
		await expect(office.page.getByText('网格员看到的').first()).toBeVisible({ timeout: 60_000 });
		await expect(office.page.getByText('住户自己报的').first()).toBeVisible();
	});

	test('a tap by mistake is taken back, and can be made again', async () => {
		const phone = await resident('home-one');
		await phone.tap();
		await phone.page.getByRole('button', { name: '点错了，撤回' }).click();
		await expect(phone.button).toBeVisible();
		await phone.tap();
		await phone.delivered();
		const { body, revisions } = await checkIn();
		expect(body).toEqual({ reported: { quality: 'correct' } });
		expect(revisions).toHaveLength(3);
	});

	test('a matter raised without a network is a draft first, and arrives in the worker’s list', async () => {
		const phone = await resident('home-one');
		await phone.device.goOffline();
		await phone.page.getByRole('link', { name: '反映一件事' }).click();
		await phone.page.getByLabel('什么事？').fill('西墙根的旧木头');
		// Killed in the middle of writing: nothing typed is lost.
		await phone.page.getByRole('radio', { name: '堆物' }).check();
		await phone.page.reload();
		await expect(phone.page.getByLabel('什么事？')).toHaveValue('西墙根的旧木头');
		await phone.page.getByLabel('什么事？').fill('西墙根的旧木头该清走了');
		await phone.page.getByRole('switch', { name: '不公开姓名' }).check();
		await phone.page.getByRole('button', { name: '反映给社区' }).click();
		await expect(phone.page.getByText('西墙根的旧木头该清走了')).toBeVisible();
		await expect(phone.page.getByText('待传', { exact: true })).toBeVisible();
		await phone.device.goOnline();
		await expect(phone.page.getByText('已送达', { exact: true })).toBeVisible({ timeout: 60_000 });

		const worker = new Worker(await started('worker'), place.workers[0]);
		await worker.signIn();
		await worker.page.getByRole('link', { name: '议事', exact: true }).click();
		await expect(worker.page.getByText('西墙根的旧木头该清走了')).toBeVisible();
		await expect(worker.page.getByText(new RegExp(`${courtyardName} ${door}号`))).toBeVisible();
		await expect(worker.page.getByText('不公开姓名')).toBeVisible();
		await worker.page.getByLabel('类别').selectOption({ label: '停车' });
		await expect(worker.page.getByText('西墙根的旧木头该清走了')).toBeHidden();
		await worker.page.getByLabel('类别').selectOption({ label: '堆物' });
		await worker.page.getByText('西墙根的旧木头该清走了').click();
		await expect(worker.page.getByRole('button', { name: '交给人办' })).toBeVisible();

		await phone.page.getByText('西墙根的旧木头该清走了').click();
		await phone.page.getByRole('button', { name: '撤回这件事' }).click();
		await phone.page.getByLabel('为什么撤回').fill('已经清走了');
		await phone.page.getByRole('dialog').getByRole('button', { name: '撤回这件事' }).click();
		await expect(worker.page.getByText('撤回的原因：已经清走了')).toBeVisible({ timeout: 60_000 });
	});

	test('a courtyard’s tablet takes a household’s tap by its code, without a network', async () => {
		const courtyard = parentScope(household);
		const login = await createAccount(place.server, 'tablet-one', [`tablet:${courtyard}`]);
		const card = await fetch(`${place.server.url}/api/cards`, {
			method: 'POST',
			headers: { ...basic(place.office), 'Content-Type': 'application/json' },
			body: JSON.stringify({ scope: household, uses: 2 })
		});
		expect(card.status).toBe(201);
		const { code } = v.parse(madeCard, await card.json());

		const tablet = await started('tablet', { width: 800, height: 1200 });
		const { page } = tablet;
		await page.goto(tablet.link.url);
		await page.getByLabel('账号').fill(login.name);
		await page.getByLabel('密码').fill(login.password);
		await page.getByRole('button', { name: '登录', exact: true }).click();
		await expect(page.getByRole('button', { name: `${door}号`, exact: true })).toBeVisible({
			timeout: 60_000
		});
		await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
		// Doors, and no names.
		expect(await page.locator('body').innerText()).not.toContain('示例4');

		await tablet.goOffline();
		await page.reload();
		await page.getByRole('button', { name: `${door}号`, exact: true }).click();
		await typeCode(page, code === '22222222' ? '33333333' : '22222222');
		await expect(page.getByText('还可以试 4 次')).toBeVisible({ timeout: 30_000 });
		await typeCode(page, code);
		await expect(page.getByText(`${door}号，今天分好了，谢谢！`)).toBeVisible({ timeout: 30_000 });
		// Nobody touches it: the doors come back.
		await expect(page.getByRole('button', { name: '5号', exact: true })).toBeVisible({ timeout: 30_000 });

		await tablet.goOnline();
		await expect
			.poll(async () => (await checkIn()).body, { timeout: 60_000 })
			.toEqual({
				reported: { quality: 'correct' }
			});

		// Whoever stands before it can neither lock it nor make it their own.
		await page.goto(`${tablet.link.url}/settings`);
		await expect(page.getByText('这台平板是院里公用的')).toBeVisible();
		await expect(page.getByRole('switch', { name: '大字模式' })).toBeVisible();
		await expect(page.getByRole('main').getByRole('button')).toHaveCount(0);
		await page.goto(`${tablet.link.url}/join#${code}`);
		await expect(page.getByText('不能加入某一户')).toBeVisible();
		await expect(page.getByLabel('卡片上的码')).toHaveCount(0);
		await expect(page.getByRole('main').getByRole('button')).toHaveCount(0);
	});
});

async function typeCode(page: Page, code: string): Promise<void> {
	for (const character of code) await page.getByRole('button', { name: character, exact: true }).click();
}

/** The household with this door plate in the first courtyard. */
async function householdOf({ server }: Neighbourhood, plate: string): Promise<Scope> {
	const records = await heldOnServer(server);
	const yard = records.find(({ kind, body }) => kind === 'courtyard' && body?.['name'] === courtyardName);
	const found = records.find(
		({ kind, scope, body }) =>
			kind === 'household' && body?.['door'] === plate && parentScope(scope) === yard?.scope
	);
	if (!found) throw new Error(`the roster has no door ${plate}`);
	return found.scope;
}
