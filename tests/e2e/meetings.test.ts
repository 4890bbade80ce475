import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { draftsOn } from './drafts-on.ts';
import { heldOnServer } from './held-records.ts';
import { Device, deskScreen, phoneScreen } from './device.ts';
import { signedIn } from './looks.ts';
import { useCamera } from './matter-steps.ts';
import {
	addItem,
	callMeeting,
	comes,
	guestComes,
	lines,
	openLine,
	part,
	putRight,
	takeDown,
	words
} from './minute-taking.ts';
import { startNeighbourhood } from './neighbourhood.ts';
import { Worker } from './worker.ts';

test('two phones take the minutes of one meeting without a network, one is closed in the middle of a line, and both end with the same minutes', async () => {
	const place = await startNeighbourhood({}, 5);
	const { server, workers } = place;
	const [one, other] = [
		new Worker(await Device.start('first', server.port, phoneScreen), workers[0]),
		new Worker(await Device.start('second', server.port, phoneScreen), workers[1])
	];
	const both = [one, other];
	try {
		for (const worker of both) await worker.signIn();
		await callMeeting(one.page, one.device.link.url);
		await one.page.getByRole('button', { name: '现在就开始' }).click();
		await addItem(one.page, '门口堆放杂物');
		await one.allDelivered();

		await other.page.goto(`${other.device.link.url}/meetings`);
		await other.page.getByRole('link', { name: /示例胡同1号小院议事厅/ }).click();
		await other.page.getByRole('link', { name: '记会议记录' }).click();

		for (const worker of both) await worker.device.goOffline();
		await part(one.page, /^到会/).click();
		for (const number of [1, 2]) await comes(one.page, number);
		await comes(other.page, 1);

		await part(one.page, /门口堆放杂物/).click();
		await one.page.getByRole('radio', { name: /^2号/ }).check();
		await one.page.getByRole('radio', { name: '赞成' }).check();
		await takeDown(one.page, '过道要能过轮椅');
		await part(other.page, /门口堆放杂物/).click();
		await takeDown(other.page, '旧家具先登记再清');

		// The browser ends in the middle of a line: it is there again.
		await words(one.page).fill('下周六大家一起');
		await expect.poll(() => draftsOn(one.page, 'worker1')).toContain('下周六大家一起');
		const address = new URL(one.page.url());
		await one.device.close();
		await one.device.open();
		await one.page.goto(`${one.device.link.url}${address.pathname}${address.search}`);
		await expect(words(one.page)).toHaveValue('下周六大家一起');
		await expect(lines(one.page)).toHaveCount(1);
		await takeDown(one.page, '下周六大家一起搬');

		for (const worker of both) await worker.device.goOnline();
		for (const worker of both) await worker.allDelivered();
		const said = ['过道要能过轮椅', '旧家具先登记再清', '下周六大家一起搬'];
		for (const { page } of both) {
			await expect(lines(page)).toHaveCount(3, { timeout: 60_000 });
			for (const line of said) await expect(lines(page).filter({ hasText: line })).toHaveCount(1);
			await expect(part(page, /^到会/)).toHaveText('到会 2');
		}
		expect(await lines(one.page).locator('p:nth-of-type(2)').allTextContents()).toEqual(
			await lines(other.page).locator('p:nth-of-type(2)').allTextContents()
		);
		await expect(lines(other.page).filter({ hasText: '过道要能过轮椅' })).toContainText('worker1 记');
		const spoken = (await heldOnServer(server)).filter(({ body }) => body?.['about'] === 'said');
		expect(spoken.map(({ scope }) => scope.split('/').length).sort()).toEqual([4, 4, 5]);
	} finally {
		for (const { device } of both) await device.remove();
		await server.remove();
	}
});

test('a meeting is announced, put into a calendar, begun, and what it gives someone to do is a matter', async () => {
	const place = await startNeighbourhood({}, 3);
	const { server, workers } = place;
	const worker = new Worker(await Device.start('worker', server.port, phoneScreen), workers[0]);
	const { page } = worker;
	try {
		await worker.signIn();
		await callMeeting(page, worker.device.link.url);
		await page.getByRole('button', { name: '发出开会通知' }).click();
		await expect(page.getByText('请选开会的日期和时间')).toBeVisible();
		await page.getByLabel('什么时候开').fill('2027-03-05');
		await page.getByLabel('几点开').fill('19:30');
		await page.getByLabel('地点').fill('院里大槐树下');
		for (const topic of ['夜间噪音', '门口杂物，谁来清；什么时候']) {
			await page.getByRole('button', { name: '加一个议题' }).click();
			await page.getByRole('listitem').last().getByRole('textbox').fill(topic);
		}
		await page.getByRole('button', { name: /^往前移/ }).click();
		await page.getByRole('button', { name: '发出开会通知' }).click();
		await expect(page.getByText('院里大槐树下')).toBeVisible();

		const downloading = page.waitForEvent('download');
		await page.getByRole('button', { name: '加到日历' }).click();
		const download = await downloading;
		expect(download.suggestedFilename()).toMatch(/\.ics$/);
		const event = calendarLines(await readFile(await download.path(), 'utf8'));
		expect(event).toContain('BEGIN:VEVENT');
		expect(event).toContain('DTSTART:20270305T113000Z');
		expect(event).toContain('SUMMARY:示例胡同1号小院议事厅');
		expect(event).toContain('LOCATION:院里大槐树下');
		expect(event).toContain(String.raw`DESCRIPTION:1. 门口杂物，谁来清；什么时候\n2. 夜间噪音`);

		await page.getByRole('button', { name: '开始开会' }).click();
		await page.getByRole('link', { name: '记会议记录' }).click();
		await part(page, /门口杂物/).click();
		await page.getByRole('radio', { name: '交办事项' }).check();
		await page.getByLabel('要办什么').fill('把旧沙发送到大件点');
		await page.getByRole('radio', { name: '我（worker1）' }).check();
		await page.getByRole('button', { name: '记下', exact: true }).click();
		await expect(page.getByRole('link', { name: /把旧沙发送到大件点/ })).toContainText('worker1');
		await page.getByRole('button', { name: '散会' }).click();
		await expect(page.getByRole('link', { name: '签字存档' })).toBeVisible();
		await worker.allDelivered();
		const matter = (await heldOnServer(server)).find(({ kind }) => kind === 'matter');
		expect(matter?.body).toMatchObject({
			text: '把旧沙发送到大件点',
			source: 'meeting',
			stage: { name: 'doing', owner: { name: 'worker1', account: 'worker1' }, round: 1 }
		});
	} finally {
		await worker.device.remove();
		await server.remove();
	}
});

test('a photo taken on one phone is seen on the other, a line that both changed is settled by a choice, and one taken down twice is taken out', async () => {
	const place = await startNeighbourhood({}, 2);
	const { server, workers } = place;
	const [one, other] = [
		new Worker(await Device.start('first', server.port, phoneScreen), workers[0]),
		new Worker(await Device.start('second', server.port, phoneScreen), workers[1])
	];
	const both = [one, other];
	try {
		for (const worker of both) await worker.signIn();
		await callMeeting(one.page, one.device.link.url);
		await one.page.getByRole('button', { name: '现在就开始' }).click();
		await addItem(one.page, '门口堆放杂物');
		for (const said of ['下周六一起搬', '先登记再清', '登记好了再清']) await takeDown(one.page, said);
		await one.allDelivered();
		const { pathname, search } = new URL(one.page.url());
		await other.page.goto(`${other.device.link.url}${pathname}${search}`);
		await expect(lines(other.page)).toHaveCount(3, { timeout: 60_000 });

		for (const worker of both) await worker.device.goOffline();
		await putRight(one.page, '下周六一起搬', '下周日一起搬');
		await putRight(other.page, '下周六一起搬', '月底前一起搬');
		const sheet = await openLine(other.page, '登记好了再清');
		await sheet.getByRole('button', { name: '重复了' }).click();
		await expect(lines(other.page)).toHaveCount(2);
		await part(one.page, /^照片/).click();
		await useCamera(one.page);
		await expect(one.page.getByRole('img', { name: '照片', exact: true })).toBeVisible();

		for (const worker of both) await worker.device.goOnline();
		for (const worker of both) await worker.allDelivered();
		await part(other.page, /^照片/).click({ timeout: 60_000 });
		const photo = other.page.getByRole('img', { name: '照片', exact: true });
		await expect(photo).toBeVisible({ timeout: 60_000 });
		expect(await photo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(360);

		const versions = ({ page }: Worker) =>
			page.getByRole('listitem').filter({ has: page.getByRole('button', { name: '以这个为准' }) });
		for (const worker of both) {
			await part(worker.page, /门口堆放杂物/).click();
			const { page } = worker;
			await expect(page.getByText('两个人都改了这一条，请选一个：')).toBeVisible({ timeout: 60_000 });
			for (const said of ['下周日一起搬', '月底前一起搬'])
				await expect(versions(worker).filter({ hasText: said }).last()).toBeVisible();
			await expect(page.getByText('登记好了再清')).toBeHidden();
		}
		await versions(one)
			.filter({ hasText: '月底前一起搬', hasNotText: '下周日一起搬' })
			.getByRole('button', { name: '以这个为准' })
			.click();
		for (const { page } of both) {
			await expect(lines(page).filter({ hasText: '月底前一起搬' })).toHaveCount(1, { timeout: 60_000 });
			await expect(page.getByText('下周日一起搬')).toBeHidden();
			await expect(lines(page)).toHaveCount(2);
		}
		await one.allDelivered();
		const taken = (await heldOnServer(server)).filter(({ kind, body }) => kind === 'minute' && body === null);
		expect(taken.map(({ reason, author }) => [reason, author])).toEqual([['重复了', 'worker2']]);
	} finally {
		for (const { device } of both) await device.remove();
		await server.remove();
	}
});

test('an office on a phone holds the council of its community, with people by name and by dictation; a worker below reads it', async ({
	browser
}) => {
	const place = await startNeighbourhood({}, 2);
	try {
		const office = await signedIn(browser, place.server, place.office);
		await office.addInitScript(listenAlways, '胡同里的路灯太暗');
		await office.goto('/public');
		const ways = office.getByRole('navigation', { name: '议事' });
		await office.setViewportSize(deskScreen);
		await expect(ways).toBeHidden();
		const side = office.getByRole('navigation', { name: '主要页面' });
		await expect(side.getByRole('link', { name: '公开' })).toHaveAttribute('aria-current', 'page');
		await office.setViewportSize(phoneScreen);
		await ways.getByRole('link', { name: '议事会议' }).click();
		await office.getByRole('link', { name: '通知开会' }).first().click();
		await office.getByRole('radio', { name: '社区', exact: true }).check();
		await office.getByRole('button', { name: '现在就开始' }).click();
		await expect(part(office, /^到会/)).toHaveText('到会 0');
		await expect(office.getByRole('list', { name: '各户' })).toBeHidden();
		await guestComes(office, '居民甲');
		await guestComes(office, '示例物业经理');
		await addItem(office, '胡同照明');
		await office.getByRole('radio', { name: '居民甲' }).check();
		await office.getByRole('button', { name: '说话输入' }).click();
		await expect(words(office)).toHaveValue('胡同里的路灯太暗');
		await office.getByRole('button', { name: '说完了' }).click();
		await office.getByRole('button', { name: '记下', exact: true }).click();
		await expect(lines(office).filter({ hasText: '胡同里的路灯太暗' })).toContainText('居民甲');

		const worker = await signedIn(browser, place.server, place.workers[0]);
		await worker.goto('/meetings');
		await worker.getByRole('link', { name: /草厂/ }).click({ timeout: 60_000 });
		await expect(worker.getByText('胡同照明')).toBeVisible();
		await expect(worker.getByRole('link', { name: '记会议记录' })).toBeHidden();
		await worker.goto(`${new URL(worker.url()).pathname}/minutes`);
		for (const said of ['居民甲', '示例物业经理', '胡同里的路灯太暗'])
			await expect(worker.getByText(said).first()).toBeVisible({ timeout: 60_000 });
	} finally {
		await place.server.remove();
	}
});

/** In the page: a browser that hears the same whenever it listens, and until it is told to stop. */
function listenAlways(heard: string): void {
	class Recognition {
		onresult: ((event: object) => void) | null = null;
		onend: (() => void) | null = null;
		start(): void {
			this.onresult?.({ results: [[{ transcript: heard }]] });
		}
		stop(): void {
			this.onend?.();
		}
	}
	Reflect.set(window, 'SpeechRecognition', Recognition);
}

/** Its content lines, unfolded (RFC 5545, 3.1). */
function calendarLines(text: string): readonly string[] {
	expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
	return text.replaceAll(/\r\n[ \t]/g, '').split('\r\n');
}
