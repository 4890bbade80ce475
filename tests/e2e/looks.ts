import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { join } from 'node:path';
import type { Login, TestServer } from '../serve.ts';
import { deskScreen, phoneScreen, type Screen } from './device.ts';

/** How a screen is looked at: its size, and the two switches people use. */
interface Look {
	readonly name: string;
	readonly screen: Screen;
	readonly large: boolean;
	readonly dark: boolean;
	/** What axe looks for; everything where this is absent. */
	readonly rules?: readonly string[];
}

/** What depends on colours alone: the rest of a page is in the dark as it is in the light. */
const ofColours = ['color-contrast', 'link-in-text-block'];

const looks: readonly Look[] = [
	{ name: 'large', screen: phoneScreen, large: true, dark: false },
	{ name: 'dark', screen: phoneScreen, large: false, dark: true, rules: ofColours },
	{ name: 'desk', screen: deskScreen, large: false, dark: false },
	{ name: 'phone', screen: phoneScreen, large: false, dark: false }
];

/** Pictures of every screen, to be looked at; not compared with anything. */
const pictures = 'test-results/screens';

export async function newContext(browser: Browser, server: TestServer): Promise<BrowserContext> {
	return browser.newContext({
		baseURL: server.url.replace('127.0.0.1', 'localhost'),
		viewport: phoneScreen,
		locale: 'zh-CN',
		colorScheme: 'light',
		reducedMotion: 'reduce'
	});
}

interface Visit {
	/** So many days ahead is the clock. */
	readonly days?: number;
	/** Keeps the app for going without a network, which costs each browser the fetching of every file. */
	readonly offline?: boolean;
}

/** Someone at a phone. */
export async function visit(
	browser: Browser,
	server: TestServer,
	login: Login,
	{ days = 0, offline = false }: Visit = {}
): Promise<Page> {
	const context = await newContext(browser, server);
	if (days > 0) await context.clock.setSystemTime(Date.now() + days * 86_400_000);
	// As in a browser that has no service worker, for want of a secure connection.
	if (!offline)
		await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
	const page = await context.newPage();
	await page.goto('/');
	await page.getByLabel('账号').fill(login.name);
	await page.getByLabel('密码').fill(login.password);
	await page.getByRole('button', { name: '登录', exact: true }).click();
	await expect(page.locator('[data-work]')).toBeVisible({ timeout: 60_000 });
	await expect(page.getByText('示例胡同1号').first()).toBeVisible({ timeout: 60_000 });
	return page;
}

/** Everything recorded on it has reached the server. */
export async function delivered(page: Page): Promise<void> {
	await expect(page.locator('[data-work]')).toHaveAttribute('data-work', 'delivered', { timeout: 60_000 });
}

/** A phone on which the switch for large type is off. */
export async function signedIn(
	browser: Browser,
	server: TestServer,
	login: Login,
	how: Visit = {}
): Promise<Page> {
	const page = await visit(browser, server, login, how);
	// A resident's home begins in large type.
	if ((await rootSize(page)) !== 18) {
		await page.goto('/settings');
		await page.getByRole('switch', { name: '大字模式' }).setChecked(false);
		await expect.poll(() => rootSize(page)).toBe(18);
	}
	return page;
}

/** Pages one after another, each once what it shows stands. */
export async function tour(
	page: Page,
	pages: readonly (readonly [name: string, path: string])[]
): Promise<void> {
	for (const [name, path] of pages) {
		await page.goto(path);
		await expect(page.locator('[data-work]')).toBeVisible();
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
		await expect(page.getByRole('progressbar')).toHaveCount(0);
		await examine(page, name);
	}
}

/** In every look, and small and light again in the end: axe finds nothing, nothing is cut off sideways. */
export async function examine(page: Page, screen: string): Promise<void> {
	for (const look of looks) {
		await wear(page, look);
		await page.screenshot({ path: join(pictures, `${screen}-${look.name}.png`) });
		expect(await foundByAxe(page, look.rules), `${screen}, ${look.name}`).toEqual([]);
		const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
		expect(overflow, `${screen}, ${look.name}: wider than the screen by`).toBeLessThanOrEqual(0);
	}
}

/** What axe finds wrong, with the places. `rules`: all of them where absent. */
export async function foundByAxe(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
	// The other mode opens a page more for every look, for frames of other origins: there are none.
	const axe = new AxeBuilder({ page }).setLegacyMode();
	const { violations } = await (rules ? axe.withRules([...rules]) : axe).analyze();
	return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

/** As the device's settings and the page's own switch would have it. */
async function wear(page: Page, { screen, large, dark }: Look): Promise<void> {
	await page.setViewportSize(screen);
	await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
	await expect(page.locator('html')).toHaveAttribute('data-theme', dark ? 'dark' : 'light');
	await page.evaluate((on) => document.documentElement.toggleAttribute('data-large', on), large);
	await expect.poll(() => rootSize(page)).toBe(large ? 30 : 18);
}

function rootSize(page: Page): Promise<number> {
	return page.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize));
}
