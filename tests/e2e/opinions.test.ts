import { expect, test, type Browser, type Page } from '@playwright/test';

import { conventionEntity } from '#kinds/convention.ts';
import { opinionEntity } from '#kinds/opinion.ts';
import { databaseOf } from '#records/database-name.ts';
import { seal, type Revision } from '#records/revision.ts';
import { parentScope, type Scope } from '#records/scope.ts';
import { basic, createAccount, type Login } from '../serve.ts';
import { phoneScreen } from './device.ts';
import { heldOnServer } from './held-records.ts';
import { courtyardNames, startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';

const clauses = [
	{ id: 'clause01', place: 'a0', heading: '楼道', text: '楼道里不堆放杂物，保持消防通道畅通。' },
	{ id: 'clause02', place: 'a1', heading: '安静', text: '夜里不大声说话。' },
	{ id: 'clause03', place: 'a2', heading: '养犬', text: '遛狗牵绳，及时清理粪便。' }
];

test.describe('opinions', () => {
	let place: Neighbourhood;
	let yard: Scope;
	let convention: Revision;
	let resident: Login;

	test.setTimeout(300_000);
	test.beforeAll(async () => {
		place = await startNeighbourhood();
		const records = await heldOnServer(place.server);
		const found = records.find(
			({ kind, body }) => kind === 'courtyard' && body?.['name'] === courtyardNames[0]
		);
		if (!found) throw new Error('the roster made no courtyard');
		yard = found.scope;
		resident = await createAccount(place.server, 'home-aaaaaaaaaa', [`resident:${doorAt(records, 5)}`]);
		convention = seal({
			kind: 'convention',
			entity: conventionEntity(yard, 'conven01'),
			parents: [],
			scope: yard,
			author: place.office.name,
			device: 'desk',
			at: new Date().toISOString(),
			body: {
				title: '示例胡同1号院公约',
				type: 'convention',
				clauses,
				rule: { turnout: '1/2', agree: '2/3' },
				stage: { name: 'deliberating' }
			}
		});
		await put(place, place.office, [convention]);
		// Two workers heard different things of door 3.
		const twice = ['agree', 'disagree'].map((view, index) =>
			seal({
				kind: 'opinion',
				entity: opinionEntity(doorAt(records, 3), 'conven01', 'clause02'),
				parents: [],
				scope: doorAt(records, 3),
				author: place.workers[index === 0 ? 0 : 1].name,
				device: `phone${index}`,
				at: new Date(Date.now() + index * 60_000).toISOString(),
				body: { about: 'clause', view, seen: convention.hash }
			})
		);
		await put(place, place.workers[0], twice.slice(0, 1));
		await put(place, place.workers[1], twice.slice(1));
	});
	test.afterAll(() => place.server.remove());

	const path = (view = '') => `/conventions/${convention.entity}/opinions${view}`;

	test('are noted at the door by taps, offline too, taken back, and taken over into the text', async ({
		browser
	}) => {
		const page = await signedIn(browser, place.workers[0]);
		await page.goto(path());
		await expect(page.getByText('已问 1/30 户')).toBeVisible();
		await page.context().setOffline(true);
		await page.getByRole('group', { name: '第一条' }).getByRole('button', { name: '不同意' }).click();
		await expect(page.getByText('已问 2/30 户')).toBeVisible();
		await expect(page.getByText('待传').first()).toBeVisible();
		await page.getByRole('button', { name: '其余 2 条都同意' }).click();
		await expect(page.getByRole('button', { name: '同意', exact: true, pressed: true })).toHaveCount(2);
		await page.getByRole('button', { name: '撤销' }).click();
		await expect(page.getByRole('button', { name: '同意', exact: true, pressed: true })).toHaveCount(0);
		await page.getByRole('group', { name: '第二条' }).getByRole('button', { name: '建议改成' }).click();
		const wording = page.getByRole('dialog').getByLabel('改成这样');
		await expect(wording).toHaveValue('夜里不大声说话。');
		await wording.fill('晚上十点以后不大声说话。');
		// Put aside, it is a draft, and there again.
		await page.keyboard.press('Escape');
		await expect(page.getByText('草稿', { exact: true })).toBeVisible();
		await page.getByRole('group', { name: '第二条' }).getByRole('button', { name: '建议改成' }).click();
		await expect(wording).toHaveValue('晚上十点以后不大声说话。');
		await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
		await expect(page.getByRole('dialog')).toHaveCount(0);
		await page.context().setOffline(false);
		await page.getByRole('button', { name: /^下一户/ }).click();
		await expect(page.getByRole('button', { name: /2号 示例2.*换一户/ })).toBeVisible();
		await page.reload();
		await expect(page.getByRole('button', { name: /2号 示例2.*换一户/ })).toBeVisible();

		await page.goto(path('?view=all'));
		await page.getByRole('button', { name: '采纳到正文' }).click();
		const sheet = page.getByRole('dialog');
		await expect(sheet.locator('ins', { hasText: '晚上十点以后' })).toBeVisible();
		await sheet.getByRole('button', { name: '采纳到正文' }).click();
		await expect(sheet).toHaveCount(0);
		const changed = page.getByRole('article').filter({ hasText: '晚上十点以后不大声说话。' });
		await expect(changed.getByText('采纳了1号的建议')).toBeVisible();
		await expect.poll(async () => (await held(place)).length, { timeout: 60_000 }).toBe(2);
		const [, taken] = await held(place);
		expect(taken).toMatchObject({
			parents: [convention.hash],
			reason: '采纳示例胡同1号 1号的建议',
			body: { clauses: [clauses[0], { ...clauses[1], text: '晚上十点以后不大声说话。' }, clauses[2]] }
		});
		await page.context().close();
	});

	test('of two phones that differ are both shown, and one tap settles them', async ({ browser }) => {
		const page = await signedIn(browser, place.workers[0]);
		await page.goto(path());
		await page.getByRole('button', { name: /换一户/ }).click();
		await page.getByRole('dialog').getByRole('button', { name: /^3号/ }).click();
		const clause = page.getByRole('article').filter({ hasText: '第二条' });
		await expect(clause.getByText('两个人给这一户记的不一样')).toBeVisible();
		await expect(clause.getByText(/worker2，/)).toBeVisible();
		await clause
			.getByRole('listitem')
			.filter({ hasText: 'worker2' })
			.getByRole('button', { name: '以这个为准' })
			.click();
		await expect(clause.getByText('两个人给这一户记的不一样')).toHaveCount(0);
		await expect(clause.getByRole('button', { name: '不同意', pressed: true })).toBeVisible();
		await page.context().close();
	});

	test('of one household are given by its own taps, and no other household sees them', async ({
		browser
	}) => {
		const page = await signedIn(browser, resident);
		await page.goto(path());
		await expect(page.getByText('您的意见会交给网格员和社区')).toBeVisible();
		await page.getByRole('button', { name: /全部同意/ }).click();
		await expect(page.getByRole('button', { name: '同意', exact: true, pressed: true })).toHaveCount(3);
		await expect(page.getByText('已送达').first()).toBeVisible({ timeout: 60_000 });
		await page.getByRole('button', { name: '修改记录、撤回' }).first().click();
		await page.getByRole('dialog').getByLabel('撤回的原因').fill('再想想');
		await page.getByRole('dialog').getByRole('button', { name: '撤回', exact: true }).click();
		await expect(page.getByRole('button', { name: '同意', exact: true, pressed: true })).toHaveCount(2);
		await expect(page.getByText('示例1')).toHaveCount(0);
		await page.context().close();
	});

	async function signedIn(browser: Browser, login: Login): Promise<Page> {
		const context = await browser.newContext({
			baseURL: place.server.url.replace('127.0.0.1', 'localhost'),
			viewport: phoneScreen,
			locale: 'zh-CN',
			reducedMotion: 'reduce'
		});
		const page = await context.newPage();
		await page.goto('/');
		await page.getByLabel('账号').fill(login.name);
		await page.getByLabel('密码').fill(login.password);
		await page.getByRole('button', { name: '登录' }).click();
		await expect(page.locator('[data-work]')).toBeVisible({ timeout: 60_000 });
		await expect(page.getByText('示例胡同1号').first()).toBeVisible({ timeout: 60_000 });
		await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
		return page;
	}
});

/** The convention's revisions on the server, the first first. */
async function held({ server }: Neighbourhood): Promise<readonly Revision[]> {
	const records = await heldOnServer(server);
	return records
		.filter(({ kind }) => kind === 'convention')
		.toSorted((a, b) => a.parents.length - b.parents.length);
}

/** The household at a door of the first courtyard. */
function doorAt(records: readonly Revision[], number: number): Scope {
	const yard = records.find(({ kind, body }) => kind === 'courtyard' && body?.['name'] === courtyardNames[0]);
	const home = records.find(
		({ kind, body, scope }) =>
			kind === 'household' && body?.['door'] === `${number}号` && parentScope(scope) === yard?.scope
	);
	if (!home) throw new Error(`no door ${number}`);
	return home.scope;
}

async function put({ server }: Neighbourhood, login: Login, docs: readonly Revision[]): Promise<void> {
	const [doc] = docs;
	if (!doc) return;
	const answer = await fetch(`${server.url}/db/${databaseOf(doc.scope)}/_bulk_docs`, {
		method: 'POST',
		headers: { ...basic(login), 'Content-Type': 'application/json' },
		body: JSON.stringify({ new_edits: false, docs })
	});
	expect(await answer.json()).toEqual([]);
}
