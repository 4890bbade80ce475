import { expect, test, type Browser, type Page } from '@playwright/test';
import { addDays, dayAt } from '#kinds/day.ts';
import { createAccount, daysAhead, type Login } from '../serve.ts';
import { decision, handrail, secrets, signedOn, sofa, sign, takenDown, title } from './council-evening.ts';
import { deskScreen, Device, phoneScreen } from './device.ts';
import { figureOf } from './five-figures.ts';
import { householdsIn } from './held-households.ts';
import { heldOnDevice, heldOnServer } from './held-records.ts';
import { delivered, visit } from './looks.ts';
import { closeIt, photograph, rate, rateAtDoor } from './matter-steps.ts';
import { courtyardNames, startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { foundIn } from './profile-search.ts';
import { Resident } from './resident.ts';
import { Worker } from './worker.ts';

const [courtyard] = courtyardNames;
const result = '沙发拉走了，过道通了';

test.describe('a courtyard’s council', () => {
	let place: Neighbourhood;
	let devices: Device[];

	test.setTimeout(600_000);
	test.beforeEach(async () => {
		place = await startNeighbourhood(daysAhead(8), 12);
		devices = [];
	});
	test.afterEach(async () => {
		for (const device of devices) await device.remove();
		await place.server.remove();
	});

	async function started(name: string): Promise<Device> {
		const device = await Device.start(name, place.server.port, phoneScreen);
		devices.push(device);
		return device;
	}
	async function workerAt(which: 0 | 1): Promise<Worker> {
		const worker = new Worker(await started(`worker ${which + 1}`), place.workers[which]);
		await worker.signIn();
		return worker;
	}
	async function living(door: number, name: string): Promise<Login> {
		const home = (await householdsIn(place.server, courtyard))[door - 1];
		if (!home) throw new Error(`nobody lives behind ${door}号`);
		return createAccount(place.server, name, [`resident:${home.scope}`]);
	}

	test('is taken down on two phones, signed, objected to, confirmed, and what it gave to do is done and rated', async ({
		browser
	}) => {
		const [one, two] = [await workerAt(0), await workerAt(1)];
		const attending = await living(2, 'home-bbbbbbbbbb');
		const neighbour = await living(12, 'home-cccccccccc');
		const phone = new Resident(await started('home'), attending);
		await phone.signIn(`${courtyard} 2号`);

		await test.step('two phones without a network take it down', () => takenDown(one, two));
		const entity = await test.step('chair and recorder sign', () => signedOn(one));
		await test.step('an attending household objects, on its own phone', async () => {
			await expect(phone.page.getByText(title)).toHaveCount(0);
			await one.page.goto(`${one.device.link.url}/publish/meeting/${entity}`);
			await madePublic(one.page);
			await phone.page.goto(`${phone.device.link.url}/public`);
			await phone.page
				.getByRole('link', { name: new RegExp(`${title}.*参加的人可以提意见`) })
				.click({ timeout: 60_000 });
			await expect(phone.page.getByText(decision)).toBeVisible();
			await phone.page.getByRole('radio', { name: /异议/ }).check();
			await phone.page.getByLabel('您想说的').fill('我说的是先登记');
			await phone.page.getByRole('button', { name: '提交意见' }).click();
			await phone.delivered();
		});
		await test.step('the office answers, and confirms when a week is over', () => confirmed(browser, entity));

		const paths = await matterPaths();
		expect([...paths.keys()].sort()).toEqual([sofa, handrail, sign].sort());
		const path = paths.get(sofa) ?? '';
		await test.step('a department is whistled for and answers', () => whistled(browser, path));
		await test.step('it is carried out, with a photo, and closed', async () => {
			await one.page.goto(`${one.device.link.url}${path}`);
			await expect(one.page.getByText(secrets.department)).toBeVisible({ timeout: 60_000 });
			await expect(one.page.getByRole('link', { name: new RegExp(title) }).first()).toBeVisible();
			await one.page.getByRole('button', { name: '记进展' }).click();
			await one.page.getByLabel('办到哪儿了').fill(secrets.progress);
			await photograph(one.page);
			await one.page.getByRole('button', { name: '记下进展' }).click();
			await expect(one.page.getByText(secrets.progress)).toBeVisible();
			await closeIt(one.page, result);
			await one.page.getByRole('link', { name: '公开给居民看' }).click();
			await madePublic(one.page);
		});
		await test.step('four households rate it: two at the door, two on their phones', async () => {
			await one.page.goto(`${one.device.link.url}${path}`);
			await rateAtDoor(one.page, '4号', '满意');
			await rateAtDoor(one.page, '5号', '满意');
			const other = await visit(browser, place.server, neighbour);
			await rated(other, '', '不满意');
			await rated(phone.page, phone.device.link.url, '基本满意');
			await expect(one.page.getByText('满意 2 户，基本满意 1 户，不满意 1 户')).toBeVisible({
				timeout: 60_000
			});
			await one.allDelivered();
			await other.context().close();
		});

		await test.step('the office counts it all', () => counted(browser));
		await test.step('the resident’s phone holds nothing that was not made public', () => holdsLittle(phone));
	});

	async function confirmed(browser: Browser, entity: string): Promise<void> {
		const office = await visit(browser, place.server, place.office, { days: 8 });
		await office.goto(`/meetings/${entity}/minutes`);
		const note = office.getByRole('article').getByRole('complementary');
		await expect(note).toContainText('我说的是先登记', { timeout: 60_000 });
		await expect(note).toContainText('2号');
		await note.getByRole('button', { name: '答复' }).click();
		const sheet = office.getByRole('dialog');
		await sheet.getByRole('radio', { name: '采纳', exact: true }).check();
		await sheet.getByLabel('说明（可以不写）').fill('先登记，再清。');
		await sheet.getByRole('button', { name: '保存答复' }).click();
		await expect(sheet).toBeHidden();
		await expect(note).toContainText('答复（采纳）：先登记，再清。');
		await office.getByRole('button', { name: '确认会议纪要' }).click();
		await expect(office.getByText(/确认，附异议和补充 1 条/)).toBeVisible();
		await expect(office.getByText('内容自存档后未改动')).toBeVisible();
		await delivered(office);
		await office.context().close();
	}

	/** The pages of what the meeting gave someone to do, by its words. */
	async function matterPaths(): Promise<ReadonlyMap<string, string>> {
		const given = (await heldOnServer(place.server)).filter(
			({ kind, body }) => kind === 'matter' && body?.['source'] === 'meeting'
		);
		return new Map(
			given.map(({ entity, body }) => {
				const text = body?.['text'];
				return [typeof text === 'string' ? text : '', `/matters/${entity}`];
			})
		);
	}

	async function whistled(browser: Browser, path: string): Promise<void> {
		const office = await visit(browser, place.server, place.office);
		await office.goto(path);
		await office.getByRole('button', { name: '吹哨叫部门' }).click();
		const sheet = office.getByRole('dialog');
		await sheet.getByLabel('叫哪个部门').fill('城管执法队');
		await sheet.getByLabel('为什么吹哨').fill(secrets.whistle);
		await sheet.getByLabel('哪天前答复').fill(addDays(dayAt(new Date()), 2));
		await sheet.getByRole('button', { name: '吹哨叫部门' }).click();
		await office.getByRole('button', { name: '记报到' }).click();
		await sheet.getByLabel('谁来的').fill('队员甲');
		await sheet.getByRole('button', { name: '记报到' }).click();
		await office.getByRole('button', { name: '记答复' }).click();
		await sheet.getByLabel('部门怎么说、怎么做的').fill(secrets.department);
		await sheet.getByRole('button', { name: '记答复' }).click();
		await expect(office.getByText('已答复')).toBeVisible();
		await delivered(office);
		await office.context().close();
	}

	async function counted(browser: Browser): Promise<void> {
		const office = await visit(browser, place.server, place.office);
		await office.setViewportSize(deskScreen);
		await office.goto('/office');
		await office.getByRole('link', { name: '五事' }).click();
		for (const [affair, name, number] of [
			['民情接待室', '会上交办的', 3],
			['议事厅', '开的会', 1],
			['联席会', '决议', 1],
			['联席会', '按期办结', 1],
			['联席会', '逾期办结', 0],
			['党务公开', '会议纪要', 1],
			['党务公开', '办的事', 1],
			['双述双评', /^满意/, 2],
			['双述双评', '基本满意', 1],
			['双述双评', '不满意', 1]
		] as const)
			await expect(figureOf(office, affair, name), `${affair}, ${name}`).toHaveText(
				new RegExp(`^${number}(?!\\d)`),
				{
					timeout: 60_000
				}
			);
		await office.context().close();
	}

	async function holdsLittle({ page, device, login }: Resident): Promise<void> {
		const { records } = await heldOnDevice(page, login.name);
		const held = Map.groupBy(records, ({ kind }) => kind);
		expect(
			held
				.get('publication')
				?.map(({ body }) => body?.['about'])
				.sort()
		).toEqual(['matter', 'minutes']);
		for (const kind of ['meeting', 'minute', 'matter', 'progress', 'whistle'])
			expect(held.get(kind) ?? [], kind).toEqual([]);
		// Its own words, and what the council made of them.
		expect(held.get('amendment')).toHaveLength(2);
		expect(held.get('evaluation')).toHaveLength(1);
		const text = JSON.stringify(records);
		for (const secret of Object.values(secrets)) expect(text).not.toContain(secret);
		await device.close();
		expect(await foundIn(device.profile, secrets)).toEqual([]);
	}
});

async function madePublic(page: Page): Promise<void> {
	await page.getByRole('button', { name: '公开', exact: true }).click();
	await expect(page.getByText('已经公开，和现在一样。')).toBeVisible();
}

async function rated(page: Page, address: string, satisfaction: string): Promise<void> {
	await page.goto(`${address}/public`);
	await page.getByRole('link', { name: new RegExp(sofa) }).click({ timeout: 60_000 });
	await expect(page.getByText(`办的结果：${result}`)).toBeVisible();
	await rate(page, satisfaction);
	await expect(page.getByText(`您家评了：${satisfaction}`)).toBeVisible();
	await expect(page.getByText('已送达', { exact: true })).toBeVisible({ timeout: 60_000 });
}
