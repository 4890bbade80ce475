import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { checkInEntity } from '#kinds/check-in.ts';
import { dayAt } from '#kinds/day.ts';
import { databaseOf } from '#records/database-name.ts';
import { seal } from '#records/revision.ts';
import { parentScope, type Scope } from '#records/scope.ts';
import { basic, createAccount, startServer, type Login, type TestServer } from '../serve.ts';
import { putPosted } from './conventions-put.ts';
import { deskScreen, phoneScreen, type Screen } from './device.ts';
import { putDoubtful } from './doubtful-convention.ts';
import { heldOnServer } from './held-records.ts';
import { rosterOf, startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { putDeliberating, putVoting } from './votes-put.ts';

/** How a screen is looked at: its size, and the two switches people use. */
interface Look {
	readonly name: string;
	readonly screen: Screen;
	readonly large?: boolean;
	readonly dark?: boolean;
}

const looks: readonly Look[] = [
	{ name: 'phone', screen: phoneScreen },
	{ name: 'large', screen: phoneScreen, large: true },
	{ name: 'dark', screen: phoneScreen, dark: true },
	{ name: 'desk', screen: deskScreen }
];

/** Pictures of every screen, to be looked at; not compared with anything. */
const pictures = 'test-results/screens';

test.describe('every screen', () => {
	let place: Neighbourhood;
	let courtyard: string;
	let household: string;
	let resident: Login;
	let posted: string;
	let voting: string;
	let deliberating: string;
	/** A convention with doubts. */
	let unsettled: string;

	// The longest file, and no test of it needs another's: each process has a neighbourhood of its own.
	test.describe.configure({ mode: 'parallel' });
	test.setTimeout(300_000);
	test.beforeAll(async () => {
		await mkdir(pictures, { recursive: true });
		place = await startNeighbourhood();
		const records = await heldOnServer(place.server);
		const yard = records.find(({ kind, body }) => kind === 'courtyard' && body?.['name'] === '示例胡同1号');
		const home = records.find(
			({ kind, body, scope }) =>
				kind === 'household' && body?.['door'] === '1号' && parentScope(scope) === yard?.scope
		);
		courtyard = yard?.scope ?? '';
		household = home?.scope ?? '';
		resident = await createAccount(place.server, 'home-aaaaaaaaaa', [`resident:${household}`]);
		const doubtful = records.find(
			({ kind, body, scope }) =>
				kind === 'household' && body?.['door'] === '2号' && parentScope(scope) === yard?.scope
		);
		if (doubtful) await disagree(place, doubtful.scope);
		if (!yard) throw new Error('the roster made no courtyard');
		unsettled = await putDoubtful(place.server, place.workers, yard.scope);
		const on = { server: place.server, by: place.workers[0], scope: yard.scope };
		const households = records
			.filter(({ kind, scope }) => kind === 'household' && parentScope(scope) === yard.scope)
			.map(({ scope }) => scope);
		deliberating = (await putDeliberating(on)).entity;
		voting = await putVoting(on, households);
		posted = await putPosted({
			...{ ...on, households },
			clauses: [{ heading: '垃圾分类', text: '每户按时分类投放。' }, { text: '不在院门口堆放杂物。' }]
		});
	});
	test.afterAll(() => place.server.remove());

	for (const look of looks) {
		test(`of a worker has nothing for axe to find, and fits: ${look.name}`, async ({ browser }) => {
			const page = await signedIn(browser, place.server, place.workers[0], look);
			await page.goto('/today');
			const first = page.getByRole('button', { name: /^示例胡同1号/ });
			await expect(first).toBeVisible();
			if ((await first.getAttribute('aria-expanded')) !== 'true') await first.click();
			await examine(page, 'today', look);
			await page.getByRole('button', { name: /^1号，/ }).click();
			await expect(page.getByRole('dialog')).toBeVisible();
			await examine(page, 'sheet', look);
			await page.getByRole('dialog').getByRole('button', { name: '混投', exact: true }).click();
			await expect(page.getByRole('button', { name: /^1号，.*混投/ })).toBeVisible();
			await examine(page, 'saved', look);
			await page.goto('/courtyards');
			await expect(page.getByText('示例胡同2号')).toBeVisible();
			await examine(page, 'courtyards', look);
			await page.goto(`/courtyards/${courtyard}`);
			await expect(page.getByRole('heading', { name: /示例胡同/ }).first()).toBeVisible();
			await examine(page, 'courtyard', look);
			await page.goto(`/households/${household}`);
			await expect(page.getByRole('table')).toBeVisible();
			await examine(page, 'household', look);
			const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
			await page.goto(`/households/${household}?day=${today}`);
			await expect(page.getByRole('heading', { name: '历史' })).toBeVisible();
			await examine(page, 'day', look);
			await page.getByRole('button', { name: '撤回', exact: true }).click();
			await expect(page.getByLabel('为什么撤回')).toBeVisible();
			await examine(page, 'withdrawing', look);
			await page.goto('/today');
			if ((await first.getAttribute('aria-expanded')) !== 'true') await first.click();
			await page.getByRole('button', { name: /^2号，.*两个人记的不一样/ }).click();
			await expect(page.getByText('就按选的记')).toBeVisible();
			await examine(page, 'doubt', look);
			await page.keyboard.press('Escape');
			await page.context().setOffline(true);
			// A door of this look's own: on the others' something may stand already.
			const door = 10 + looks.indexOf(look);
			await page.getByRole('button', { name: new RegExp(`^${door}号，`) }).click();
			await page.getByRole('dialog').getByRole('button', { name: '分对了', exact: true }).click();
			await expect(page.getByRole('button', { name: new RegExp(`^${door}号，.*分对了`) })).toBeVisible();
			await page.getByRole('link', { name: '传送', exact: true }).click();
			await expect(page.getByRole('heading', { name: '待传的' })).toBeVisible();
			await examine(page, 'waiting', look);
			await page.context().setOffline(false);
			await page.goto('/sync');
			await expect(page.getByRole('button', { name: '现在传送' })).toBeVisible();
			await examine(page, 'sync', look);
			await tour(page, look, [
				['settings', '/settings'],
				['matters', '/matters'],
				['points', `/points/${household}`],
				['cards', `/cards/${household}`],
				['conventions', '/conventions'],
				['convention', `/conventions/${posted}`],
				['convention-doubts', `/conventions/${unsettled}`],
				['vote-result', `/conventions/${posted}/vote`],
				['notice', `/conventions/${posted}/notice`],
				['vote-open', `/conventions/${deliberating}/vote`],
				['vote', `/conventions/${voting}/vote`],
				['objections', `/conventions/${posted}/opinions`],
				['opinions', `/conventions/${unsettled}/opinions`],
				['opinions-all', `/conventions/${unsettled}/opinions?view=all`],
				['doubts', `/conventions/${unsettled}/doubts`],
				['versions', `/conventions/${unsettled}/versions`]
			]);
			await tour(page, look, [['frozen', `/conventions/${posted}/edit`]]);
			await draftConvention(page, courtyard, look);
			await page.goto(`/conventions/${posted}`);
			await page.getByRole('button', { name: '回到协商' }).click();
			await expect(page.getByLabel('为什么')).toBeVisible();
			await examine(page, 'convention-step', look);
			await page.goto('/nowhere');
			await expect(page.getByRole('heading', { level: 1, name: '没有这个页面' })).toBeVisible();
			await examine(page, 'nowhere', look);
			await page.context().close();
		});

		test(`of an office has nothing for axe to find, and fits: ${look.name}`, async ({ browser }) => {
			const page = await signedIn(browser, place.server, place.office, look);
			await tour(page, look, [
				['office', '/office'],
				['office-check-ins', '/office/check-ins'],
				['accounts', '/office/accounts'],
				['account-new', '/office/accounts/new'],
				['accounts-import', '/office/accounts/import'],
				['accounts-log', '/office/accounts/log'],
				['devices', '/office/devices'],
				['handovers', '/office/devices/handovers'],
				['office-points', '/office/points'],
				['points-rules', '/office/points/rules'],
				['policy', '/office/policy'],
				['office-conventions', '/conventions'],
				['office-convention', `/conventions/${posted}`],
				['erase', `/office/erase/${household}`],
				['roster', '/office/roster']
			]);
			const file = { name: '花名册.csv', mimeType: 'text/csv', buffer: Buffer.from(rosterOf(3)) };
			await page.locator('input[type=file]').setInputFiles(file);
			await expect(page.getByRole('table')).toBeVisible();
			await examine(page, 'roster-report', look);
			await page.context().close();
		});

		test(`of a resident has nothing for axe to find, and fits: ${look.name}`, async ({ browser }) => {
			const page = await signedIn(browser, place.server, resident, look);
			await tour(page, look, [
				['home', '/home'],
				['home-points', '/home/points'],
				['home-matters', '/matters'],
				['home-matter', '/matters/new'],
				['home-settings', '/settings'],
				['home-conventions', '/conventions'],
				['home-convention', `/conventions/${posted}`],
				['home-vote-result', `/conventions/${posted}/vote`],
				['home-notice', `/conventions/${posted}/notice`],
				['home-vote', `/conventions/${voting}/vote`],
				['home-objections', `/conventions/${posted}/opinions`],
				['home-opinions', `/conventions/${unsettled}/opinions`],
				['home-doubts', `/conventions/${unsettled}/doubts`]
			]);
			await page.context().close();
		});

		test(`before signing in has nothing for axe to find, and fits: ${look.name}`, async ({ browser }) => {
			const fresh = await startServer();
			const context = await contextFor(browser, fresh, look);
			const page = await context.newPage();
			await page.goto('/');
			await expect(page.getByLabel('账号')).toBeVisible();
			if (look.large) await enlarge(page);
			await examine(page, 'login', look);
			await page.goto(`/setup#${fresh.setupToken}`);
			await expect(page.getByLabel('街道名称')).toBeVisible();
			if (look.large) await enlarge(page);
			await examine(page, 'setup', look);
			for (const [name, path] of [
				['join', '/join#ABCD2345'],
				['password', '/password#no-such-link']
			] as const) {
				await page.goto(path);
				await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
				if (look.large) await enlarge(page);
				await examine(page, name, look);
			}
			await context.close();
			await fresh.remove();
		});
	}

	test('speaks English when asked to, on every page of a worker', async ({ browser }) => {
		const reader = await createAccount(place.server, 'reader', [`worker:${place.grid}`]);
		const page = await signedIn(browser, place.server, reader, { name: 'phone', screen: phoneScreen });
		await page.goto('/settings');
		await page.getByRole('radio', { name: 'English' }).check();
		await expect(page.locator('html')).toHaveAttribute('lang', 'en');
		for (const path of ['/today', '/courtyards', `/courtyards/${courtyard}`, '/sync', '/settings']) {
			await page.goto(path);
			await expect(page.locator('main')).toBeVisible();
			const words = (await page.locator('body').innerText())
				.replaceAll(/草厂|第三网格|示例[^\s,]*|前门街道|\d+号/g, '')
				.replaceAll('中文', '');
			expect(words.match(/[\u4e00-\u9fff]+/g) ?? [], path).toEqual([]);
		}
		await page.context().close();
	});
});

async function contextFor(browser: Browser, server: TestServer, look: Look): Promise<BrowserContext> {
	return browser.newContext({
		baseURL: server.url.replace('127.0.0.1', 'localhost'),
		viewport: look.screen,
		locale: 'zh-CN',
		colorScheme: look.dark ? 'dark' : 'light',
		reducedMotion: 'reduce'
	});
}

async function signedIn(browser: Browser, server: TestServer, login: Login, look: Look): Promise<Page> {
	const context = await contextFor(browser, server, look);
	const page = await context.newPage();
	await page.goto('/');
	await page.getByLabel('账号').fill(login.name);
	await page.getByLabel('密码').fill(login.password);
	await page.getByRole('button', { name: '登录' }).click();
	await expect(page.locator('[data-work]')).toBeVisible({ timeout: 60_000 });
	await expect(page.getByText('示例胡同1号').first()).toBeVisible({ timeout: 60_000 });
	await page.goto('/settings');
	const large = page.getByRole('switch', { name: '大字模式' });
	// A resident's home begins in large type.
	if ((await large.isChecked()) !== (look.large ?? false)) await large.click();
	await expect.poll(() => rootSize(page)).toBe(look.large ? 30 : 18);
	return page;
}

/** Pages one after another, each once what it shows stands. */
async function tour(
	page: Page,
	look: Look,
	pages: readonly (readonly [name: string, path: string])[]
): Promise<void> {
	for (const [name, path] of pages) {
		await page.goto(path);
		await expect(page.locator('[data-work]')).toBeVisible();
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
		await expect(page.getByRole('progressbar')).toHaveCount(0);
		await examine(page, name, look);
	}
}

/** Begins a convention from a template and writes on one of its clauses, with every screen on the way. */
async function draftConvention(page: Page, courtyard: string, look: Look): Promise<void> {
	await page.goto(`/conventions/new?at=${courtyard}`);
	await page.getByText('看看范本').click();
	await examine(page, 'convention-new', look);
	await page.getByRole('button', { name: '建立' }).click();
	await expect(page).toHaveURL(/\/conventions\/[^/]+\.[a-z0-9]{16}$/);
	await page.goto(`${page.url()}/edit`);
	await expect(page.getByRole('heading', { name: '条文（8 条）' })).toBeVisible();
	await examine(page, 'convention-edit', look);
	await page.getByRole('button', { name: /^第二条/ }).click();
	await expect(page.getByLabel('正文')).toBeFocused();
	await examine(page, 'convention-clause', look);
	await page.getByRole('button', { name: '上移' }).click();
	await expect(page.getByText('已移到第 1 条，共 8 条')).toBeVisible();
	await expect(page.getByRole('button', { name: '上移' })).toBeFocused();
	await page.getByRole('button', { name: '保存', exact: true }).click();
	await expect(page.getByRole('dialog').getByText('挪动 1 条')).toBeVisible();
	await examine(page, 'convention-save', look);
	await page.keyboard.press('Escape');
}

/** Two workers recorded the household today without seeing each other's. */
async function disagree({ server, workers }: Neighbourhood, household: Scope): Promise<void> {
	const now = new Date();
	for (const [index, worker] of workers.entries()) {
		const record = seal({
			kind: 'check-in',
			entity: checkInEntity(household, dayAt(now)),
			parents: [],
			scope: household,
			author: worker.name,
			device: `phone${index}`,
			at: now.toISOString(),
			body: { observed: { quality: index === 0 ? 'correct' : 'mixed' } }
		});
		const answer = await fetch(`${server.url}/db/${databaseOf(household)}/_bulk_docs`, {
			method: 'POST',
			headers: { ...basic(worker), 'Content-Type': 'application/json' },
			body: JSON.stringify({ new_edits: false, docs: [record] })
		});
		expect(await answer.json()).toEqual([]);
	}
}

/** Large type where nobody has signed in, so that there are no settings yet. */
function enlarge(page: Page): Promise<void> {
	return page.evaluate(() => {
		document.documentElement.style.fontSize = '30px';
	});
}

function rootSize(page: Page): Promise<number> {
	return page.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize));
}

/** axe finds nothing, nothing is cut off sideways, and a picture is kept. */
async function examine(page: Page, screen: string, look: Look): Promise<void> {
	await page.screenshot({ path: join(pictures, `${screen}-${look.name}.png`) });
	const { violations } = await new AxeBuilder({ page }).analyze();
	const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
	expect(found, `${screen}, ${look.name}`).toEqual([]);
	const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
	expect(overflow, `${screen}, ${look.name}: wider than the screen by`).toBeLessThanOrEqual(0);
}
