import { expect, test, type Browser, type Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { readFile } from 'node:fs/promises';
import { levelOf, parentScope, type Scope } from '#records/scope.ts';
import { createAccount } from '../serve.ts';
import { putPosted } from './conventions-put.ts';
import { heldOnServer } from './held-records.ts';
import { startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { squares, squaresOf } from './office-desk.ts';
import { printed } from './printed.ts';

const clauses = Array.from({ length: 5 }, (_, index) => ({
	...(index !== 2 && { heading: '垃圾分类' }),
	text: `第${index + 1}件事：每户按时分类投放，不在院门口堆放杂物。`
}));

test.describe('a convention on paper', () => {
	let place: Neighbourhood;
	let households: readonly Scope[];
	let entity: string;

	test.beforeAll(async () => {
		place = await startNeighbourhood();
		const records = await heldOnServer(place.server);
		const yard = records.find(({ kind, body }) => kind === 'courtyard' && body?.['name'] === '示例胡同1号');
		if (!yard) throw new Error('the roster made no courtyard');
		households = records
			.filter(({ kind, scope }) => kind === 'household' && parentScope(scope) === yard.scope)
			.map(({ scope }) => scope);
		expect(levelOf(yard.scope)).toBe('courtyard');
		const about = { scope: yard.scope, households, clauses };
		entity = await putPosted({ server: place.server, by: place.workers[0], ...about });
	});
	test.afterAll(() => place.server.remove());

	test('is printed on A4 and on A3, each with the signatures on pages of their own', async ({ browser }) => {
		const page = await signedIn(browser, place, { colorScheme: 'dark' });
		await page.goto(`/conventions/${entity}/notice`);
		await expect(page.getByText('公示稿', { exact: true })).toBeVisible();
		expect(await printed(page)).toEqual(['210 × 297', '210 × 297']);
		await page.getByRole('radio', { name: /^A3/ }).check();
		expect(await printed(page)).toEqual(['297 × 420', '297 × 420']);
		await page.getByRole('switch', { name: '带签字页' }).click();
		expect(await printed(page)).toEqual(['297 × 420']);
		await page.context().close();
	});

	test('says what it is, until when to object, and leads to its page by its code', async ({ browser }) => {
		const page = await signedIn(browser, place);
		await page.goto(`/conventions/${entity}/notice`);
		const paper = page.getByRole('article').first();
		await expect(paper).toContainText('第 1 版，表决已通过，公示后生效');
		await expect(paper).toContainText('30 户中 28 户投票（至少要 15 户）');
		await expect(paper).toContainText('请在 2026年11月30日 当天或之前');
		const address = new URL(`/conventions/${entity}`, page.url()).href;
		await expect(paper.getByRole('img')).toHaveAccessibleName(`二维码：${address}`);
		expect(await squaresOf(page, `二维码：${address}`)).toBe(squares(address));
		await expect(page.getByRole('article').last().getByRole('img')).toHaveCount(14);
		await page.context().close();
	});

	test('is saved as a Word file without a network', async ({ browser }) => {
		const page = await signedIn(browser, place);
		await page.goto(`/conventions/${entity}/notice`);
		await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
		await page.context().setOffline(true);
		await page.reload();
		const download = page.waitForEvent('download');
		await page.getByRole('button', { name: '存成 Word 文件' }).click();
		const file = await download;
		expect(file.suggestedFilename()).toBe('示例院落公约 第1版 公示稿.docx');
		const parts = unzipSync(await readFile(await file.path()));
		const text = strFromU8(parts['word/document.xml'] ?? new Uint8Array());
		for (const clause of clauses) expect(text).toContain(clause.text);
		expect(Object.keys(parts).filter((name) => name.startsWith('word/media/'))).toHaveLength(2);
		await page.context().close();
	});

	test('is read and printed by a resident, without the others’ signatures', async ({ browser }) => {
		const resident = await createAccount(place.server, 'home-bbbbbbbbbb', [`resident:${households[0]}`]);
		const page = await signedIn(browser, place, {}, resident);
		await page.goto(`/conventions/${entity}/notice`);
		await expect(page.getByText('签字页由网格员或社区居委会打印', { exact: false })).toBeVisible();
		await expect(page.getByRole('article')).toHaveCount(1);
		expect(await printed(page)).toEqual(['210 × 297']);
		await page.context().close();
	});
});

async function signedIn(
	browser: Browser,
	{ server, workers }: Neighbourhood,
	look: { readonly colorScheme?: 'dark' } = {},
	login = workers[0]
): Promise<Page> {
	const baseURL = server.url.replace('127.0.0.1', 'localhost');
	const page = await (await browser.newContext({ baseURL, locale: 'zh-CN', ...look })).newPage();
	await page.goto('/');
	await page.getByLabel('账号').fill(login.name);
	await page.getByLabel('密码').fill(login.password);
	await page.getByRole('button', { name: '登录', exact: true }).click();
	await expect(page.getByText('示例胡同1号').first()).toBeVisible({ timeout: 60_000 });
	return page;
}
