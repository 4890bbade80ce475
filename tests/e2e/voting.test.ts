import { expect, test, type Page } from '@playwright/test';
import { householdsIn } from './held-households.ts';
import { Device, phoneScreen } from './device.ts';
import { startNeighbourhood } from './neighbourhood.ts';
import { Resident } from './resident.ts';
import { Worker } from './worker.ts';
import { createAccount } from '../serve.ts';
import { putDeliberating } from './votes-put.ts';

/** Draws a stroke on the glass with the mouse; the hand goes in steps. `from`, `to`: shares of its width and height. */
async function draw(
	page: Page,
	from: readonly [number, number],
	to: readonly [number, number]
): Promise<void> {
	const glass = page.getByRole('dialog').locator('canvas');
	await glass.scrollIntoViewIfNeeded();
	const box = await glass.boundingBox();
	if (!box) throw new Error('no glass');
	const at = ([x, y]: readonly [number, number]) => [box.x + box.width * x, box.y + box.height * y] as const;
	await page.mouse.move(...at(from));
	await page.mouse.down();
	await page.mouse.move(...at(to), { steps: 12 });
	await page.mouse.up();
}

/** The same with a finger. */
async function drawByFinger(page: Page): Promise<void> {
	const glass = page.getByRole('dialog').locator('canvas');
	await glass.scrollIntoViewIfNeeded();
	const box = await glass.boundingBox();
	if (!box) throw new Error('no glass');
	const session = await page.context().newCDPSession(page);
	const point = (share: number) => ({
		x: box.x + box.width * share,
		y: box.y + box.height * (0.3 + share / 3)
	});
	await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point(0.2)] });
	for (const share of [0.3, 0.4, 0.5, 0.6])
		await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [point(share)] });
	await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

const strokes = (page: Page, count: number) =>
	expect(page.getByRole('img', { name: `签名框，已经写了 ${count} 笔` })).toBeVisible();
const row = (page: Page, name: RegExp) => page.getByRole('button', { name });

test('a vote is opened, signed on the glass, changed, given by a resident, and counted', async () => {
	const place = await startNeighbourhood({}, 5);
	const { server, workers } = place;
	const homes = await householdsIn(server, '示例胡同1号');
	const third = homes[2];
	if (!third) throw new Error('the roster made no third household');
	const { entity } = await putDeliberating({ server, by: workers[0], scope: third.courtyard });
	const home = await createAccount(server, 'home-cccccccccc', [`resident:${third.scope}`]);
	const phone = await Device.start('worker', server.port, phoneScreen);
	const other = await Device.start('resident', server.port, phoneScreen);
	const worker = new Worker(phone, workers[0]);
	const resident = new Resident(other, home);
	const path = `/conventions/${entity}/vote`;
	try {
		await worker.signIn();
		await phone.page.goto(`${phone.link.url}${path}`);
		await expect(phone.page.getByText('5 户：至少 3 户参加，参加的至少 2/3 同意。')).toBeVisible();
		await phone.page.getByRole('button', { name: '定稿，发起表决' }).click();
		await expect(phone.page.getByText('表决开始了')).toBeVisible();

		// The browser ends in the middle of a signature: choice and strokes are there again.
		await row(phone.page, /^1号 示例1 还没表决/).click();
		await phone.page.getByRole('radio', { name: '同意', exact: true }).check();
		await draw(phone.page, [0.2, 0.3], [0.7, 0.25]);
		await draw(phone.page, [0.4, 0.2], [0.3, 0.8]);
		await strokes(phone.page, 2);
		await expect.poll(() => keptStrokes(phone.page)).toBe(2);
		await phone.close();
		await phone.open();
		await phone.page.goto(`${phone.link.url}${path}`);
		await row(phone.page, /^1号 示例1 没写完/).click();
		await strokes(phone.page, 2);
		await expect(phone.page.getByRole('radio', { name: '同意', exact: true })).toBeChecked();
		await draw(phone.page, [0.5, 0.5], [0.8, 0.7]);
		await strokes(phone.page, 3);
		await phone.page.getByRole('button', { name: '退一笔' }).click();
		await strokes(phone.page, 2);
		await phone.page.getByRole('button', { name: '记下这一票' }).click();
		await expect(row(phone.page, /^1号 示例1 有签名 同意/)).toBeVisible();
		await phone.page.reload();
		await expect(row(phone.page, /^1号 示例1 有签名 同意/)).toBeVisible();
		await row(phone.page, /^1号/).click();
		await expect(phone.page.getByRole('img', { name: '1号 示例1的签名' })).toBeVisible();
		await phone.page.keyboard.press('Escape');

		// By keyboard alone, without a signature.
		await row(phone.page, /^2号 示例2 还没表决/).focus();
		await phone.page.keyboard.press('Enter');
		await phone.page.getByRole('radio', { name: '同意', exact: true }).focus();
		await phone.page.keyboard.press('Space');
		await phone.page.getByRole('button', { name: '记下这一票' }).focus();
		await phone.page.keyboard.press('Enter');
		await expect(row(phone.page, /^2号 示例2 同意/)).toBeVisible();
		await worker.allDelivered();

		// A resident reads the text, votes for the own household alone, and sees no other's vote.
		await resident.signIn('示例胡同1号 3号');
		await other.page.goto(`${other.link.url}${path}`);
		await expect(other.page.getByText('不在过道和院门口堆东西。')).toBeVisible();
		await other.page.getByRole('button', { name: '现在表决' }).click();
		await other.page.getByRole('radio', { name: '不同意' }).check();
		await drawByFinger(other.page);
		await strokes(other.page, 1);
		await other.page.getByRole('button', { name: '记下这一票' }).click();
		await expect(other.page.getByRole('button', { name: '改一改' })).toBeVisible();
		await other.page.getByRole('button', { name: '改一改' }).click();
		await other.page.getByRole('radio', { name: '弃权' }).check();
		await other.page.getByRole('button', { name: '记下这一票' }).click();
		await expect(other.page.locator('main').getByText('弃权', { exact: true })).toBeVisible();
		await expect(other.page.getByText(/^1号/)).toHaveCount(0);
		await expect(other.page.locator('main').getByText('已送达')).toBeVisible({ timeout: 60_000 });

		await expect(row(phone.page, /^3号 示例3 弃权/)).toBeVisible({ timeout: 60_000 });
		await phone.page.getByRole('button', { name: '计票，算结果' }).click();
		await expect(phone.page.getByText('还有 2 户没有表决：4号 示例4，5号 示例5。')).toBeVisible();
		await phone.page.getByRole('button', { name: '计票', exact: true }).click();
		await expect(phone.page.getByText('请先勾选')).toBeVisible();
		await phone.page.getByRole('switch', { name: '我知道，现在就计票' }).check();
		await phone.page.getByRole('button', { name: '计票', exact: true }).click();
		await expect(phone.page.getByText('通过了', { exact: true })).toBeVisible();
		await expect(
			phone.page.getByText('参加的 3 户里至少 2 户同意（2/3）：有 2 户同意，够了。')
		).toBeVisible();

		await expect(other.page.getByText('通过了', { exact: true })).toBeVisible({ timeout: 60_000 });
		await expect(other.page.getByText(/别家的 2 票已经算在里面/)).toBeVisible();
		await expect(other.page.getByRole('button', { name: '改一改' })).toHaveCount(0);
	} finally {
		await Promise.all([phone.remove(), other.remove()]);
		await server.remove();
	}
});

/** Strokes of the signature that is kept as a draft on the disk. */
function keptStrokes(page: Page): Promise<number> {
	return page.evaluate(async () => {
		const names = (await indexedDB.databases()).flatMap(({ name }) => name ?? []);
		for (const name of names) {
			const database = await new Promise<IDBDatabase | undefined>((resolve) => {
				const request = indexedDB.open(name);
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => resolve(undefined);
			});
			if (!database?.objectStoreNames.contains('drafts')) continue;
			const rows: unknown[] = await new Promise((resolve) => {
				const all = database.transaction('drafts').objectStore('drafts').getAll();
				all.onsuccess = () => resolve(all.result);
			});
			database.close();
			const text = JSON.stringify(rows);
			const found = /"signature":(\[\[.*?\]\])/.exec(text)?.[1];
			if (found !== undefined) return found.split('],[').length;
		}
		return 0;
	});
}
