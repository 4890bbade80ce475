import { expect, type Browser, type Page } from '@playwright/test';
import { encode } from 'uqr';
import type { Login } from '../serve.ts';
import { courtyardNames, type Neighbourhood } from './neighbourhood.ts';

export async function newPage(browser: Browser, { server }: Neighbourhood): Promise<Page> {
	const context = await browser.newContext({
		baseURL: server.url.replace('127.0.0.1', 'localhost'),
		viewport: { width: 1280, height: 800 },
		locale: 'zh-CN',
		reducedMotion: 'reduce'
	});
	return context.newPage();
}

export async function signedIn(browser: Browser, place: Neighbourhood, login: Login): Promise<Page> {
	const page = await newPage(browser, place);
	await page.goto('/');
	await page.getByLabel('账号').fill(login.name);
	await page.getByLabel('密码').fill(login.password);
	await page.getByRole('button', { name: '登录' }).click();
	await expect(page.getByText(courtyardNames[0]).first()).toBeVisible({ timeout: 60_000 });
	return page;
}

/** The dark squares of the QR code under this name, as the page draws them. */
export async function squaresOf(page: Page, name: string): Promise<string | null> {
	return page.getByRole('img', { name, exact: true }).locator('path').getAttribute('d');
}

/** The dark squares of a text's QR code, as they have to be drawn. */
export function squares(text: string): string {
	const { data } = encode(text, { ecc: 'M', border: 4 });
	return data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
}
