import { expect, test, type Browser, type Page } from '@playwright/test';
import { parentScope, type Scope } from '#records/scope.ts';
import { createAccount, type Login } from '../serve.ts';
import { deskScreen, Device, phoneScreen, type Screen } from './device.ts';
import { Drafter } from './drafter.ts';
import { heldOnServer, statesOf } from './held-records.ts';
import { courtyardNames, startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { pageSizes } from './printed.ts';
import { wordParagraphs } from './word-paragraphs.ts';
import { Worker } from './worker.ts';

const households = 14;
const dayMs = 24 * 60 * 60 * 1000;

/** The three behind the nine of the sample for a whole courtyard. */
const added = [
	{ after: 9, heading: '晾晒', text: '衣服晾在约定的地方，不滴到别人家。' },
	{ after: 10, heading: '快递', text: '快递放到自家门口，不堆在院门。' },
	{ after: 11, heading: '值日', text: '每周一户，轮流打扫院子。' }
];
/** How the clauses begin that are changed. */
const first = '见面打招呼，有事当面说，不在背后议论。家里有老人独居的，左右邻居每天看一眼、问一声。';

test.describe('a convention', () => {
	let place: Neighbourhood;
	let devices: Device[];
	let home: Scope;

	test.beforeEach(async () => {
		place = await startNeighbourhood({}, households);
		devices = [];
		const records = await heldOnServer(place.server);
		const yard = records.find(
			({ kind, body }) => kind === 'courtyard' && body?.['name'] === courtyardNames[0]
		)?.scope;
		const behind = records.find(
			({ kind, scope, body }) =>
				kind === 'household' && parentScope(scope) === yard && body?.['door'] === '1号'
		);
		if (!behind) throw new Error('nobody lives behind the first door');
		home = behind.scope;
	});
	test.afterEach(async ({ browserName: _ }, info) => {
		for (const device of devices) {
			if (info.status !== info.expectedStatus)
				await info.attach(device.name, { body: await device.page.screenshot(), contentType: 'image/png' });
			await device.remove();
		}
		await place.server.remove();
	});

	async function phone(login: Login): Promise<Worker> {
		const device = await Device.start(login.name, place.server.port, phoneScreen);
		devices.push(device);
		const worker = new Worker(device, login);
		await worker.signIn();
		return worker;
	}

	/** On the server and on every phone stands the same, byte for byte, and every screen shows the same words. */
	async function sameEverywhere(phones: readonly Drafter[]): Promise<readonly string[]> {
		const states = async () => {
			const server = statesOf(await heldOnServer(place.server)).get(`convention:${phones[0]?.entity}`);
			return new Set([server, ...(await Promise.all(phones.map((one) => one.state())))]);
		};
		await expect.poll(async () => (await states()).size, { timeout: 60_000 }).toBe(1);
		const shown: (readonly string[])[] = [];
		for (const one of phones) {
			await one.open();
			shown.push(await one.clauses());
		}
		for (const clauses of shown) expect(clauses).toEqual(shown[0]);
		return shown[0] ?? [];
	}

	test('is drafted on three phones at once, deliberated, voted on across two, posted, and comes into force', async ({
		browser
	}) => {
		const third = await createAccount(place.server, 'worker3', [`worker:${place.grid}`]);
		const [a, b, c] = await Promise.all([...place.workers, third].map(phone));
		if (!a || !b || !c) throw new Error('three phones are needed');

		const entity = await begin(a);
		const [one, two, three] = [new Drafter(a, entity), new Drafter(b, entity), new Drafter(c, entity)];
		const all = [one, two, three];
		await test.step('one phone begins it, the others have it', async () => {
			await one.write(
				added.map((clause) => ({ type: 'add', ...clause })),
				'补上三条'
			);
			await a.allDelivered();
			expect(await sameEverywhere(all)).toHaveLength(12);
		});

		await test.step('three phones draft without a network', async () => {
			for (const { device } of [a, b, c]) await device.goOffline();
			await Promise.all([
				one.write(
					[
						{ type: 'reword', number: 1, text: `大家${first}` },
						{ type: 'reword', number: 2, text: '垃圾在家里分好再投。' },
						{ type: 'reword', number: 3, text: '过道不放杂物。' },
						{ type: 'add', after: 7, heading: '车辆', text: '车停在划好的地方。' },
						{ type: 'remove', number: 5 }
					],
					'按大家说的改'
				),
				(async () => {
					await two.write(
						[
							{ type: 'reword', number: 1, text: `${first}有难处大家帮。` },
							{ type: 'reword', number: 3, text: '过道留出一米。' },
							{ type: 'reword', number: 4, text: '出门关火关电。' },
							{ type: 'add', after: 7, heading: '花木', text: '花盆摆稳。' }
						],
						'上门听来的'
					);
					await two.takeStep('拿去协商');
				})(),
				(async () => {
					// This one stays away for a day.
					await c.page.clock.setSystemTime(Date.now() + dayMs);
					await three.write(
						[
							{ type: 'reword', number: 3, text: '过道让得开轮椅。' },
							{ type: 'reword', number: 5, text: '公用水电按户分摊。' },
							{ type: 'up', number: 12 }
						],
						'晚上又想了想'
					);
				})()
			]);
		});

		await test.step('two come online, the third a day later', async () => {
			await a.device.goOnline();
			await b.device.goOnline();
			await a.allDelivered();
			await b.allDelivered();
			const together = await sameEverywhere([one, two]);
			expect(inDoubt(together)).toHaveLength(1);
			for (const words of ['过道不放杂物。', '过道留出一米。']) expect(inDoubt(together)[0]).toContain(words);
			await c.device.goOnline();
			await c.allDelivered();
			await a.allDelivered();
			const three = await sameEverywhere(all);
			expect(inDoubt(three)).toHaveLength(2);
			for (const words of ['过道不放杂物。', '过道留出一米。', '过道让得开轮椅。'])
				expect(inDoubt(three)[0]).toContain(words);
			for (const words of ['公用水电按户分摊。', '去掉了']) expect(inDoubt(three)[1]).toContain(words);
		});

		await test.step('what nobody but a person can say is settled on one phone, and arrives on all', async () => {
			await one.open('doubts');
			const doubt = (name: RegExp) => a.page.getByRole('region', { name });
			// Three wordings, all of them, or one of one's own.
			await expect(doubt(/^第三条/).getByRole('radio')).toHaveCount(5);
			await doubt(/^第三条/)
				.getByRole('radio', { name: /^用worker2/ })
				.check();
			await doubt(/^第五条/)
				.getByRole('radio', { name: /^用worker3/ })
				.check();
			await a.page.getByRole('button', { name: '就按选的定' }).click();
			await expect(a.page).not.toHaveURL(/doubts$/);
			await a.allDelivered();
			const settled = (await sameEverywhere(all)).map((clause) => clause.split('\n'));
			expect(settled.map(([title]) => title)).toHaveLength(14);
			const text = settled.flat().join('\n');
			expect(text).toContain(`大家${first}有难处大家帮。`);
			for (const words of ['垃圾在家里分好再投。', '过道留出一米。', '出门关火关电。', '公用水电按户分摊。'])
				expect(text).toContain(words);
			for (const words of ['过道不放杂物。', '过道让得开轮椅。']) expect(text).not.toContain(words);
			for (const words of ['车停在划好的地方。', '花盆摆稳。']) expect(text.split(words)).toHaveLength(2);
			// The one that was moved up.
			expect(settled.findIndex(([title]) => title?.includes('值日'))).toBe(
				settled.findIndex(([title]) => title?.includes('快递')) - 1
			);
			for (const { page } of all) await expect(page.getByText('第 3 步：协商')).toBeVisible();
		});

		await test.step('a household says its opinion at the door, and it is taken over into the text', async () => {
			await two.open('opinions');
			await b.page.getByRole('button', { name: /^全部同意/ }).click();
			const fourth = b.page.getByRole('group', { name: '第四条' });
			await fourth.getByRole('button', { name: '建议改成' }).click();
			await b.sheet.getByLabel('改成这样').fill('出门关火关电，互相看一眼。');
			await b.sheet.getByRole('button', { name: '保存' }).click();
			await expect(b.sheet).toBeHidden();
			await b.allDelivered();
			await one.open('opinions');
			await a.page.getByRole('link', { name: '意见汇总' }).click();
			await a.page.getByRole('button', { name: '采纳到正文' }).click();
			await a.sheet.getByRole('button', { name: '采纳到正文' }).click();
			await expect(a.sheet).toBeHidden();
			await a.allDelivered();
			const text = (await sameEverywhere(all)).join('\n');
			expect(text).toContain('出门关火关电，互相看一眼。');
			expect(text).toContain('采纳了1号的建议');
		});

		await test.step('fourteen households vote across two phones without a network, two of them on both', async () => {
			await one.open('vote');
			await a.page.getByRole('button', { name: '定稿，发起表决' }).click();
			await expect(a.page.getByRole('heading', { name: '各户' })).toBeVisible();
			await a.allDelivered();
			await sameEverywhere(all);
			await a.device.goOffline();
			await b.device.goOffline();
			await one.collectVotes([
				[7, '不同意'],
				[8, '同意']
			]);
			await Promise.all([
				one.collectVotes([1, 2, 3, 4, 5, 6].map((door) => [door, '同意'])),
				two.collectVotes([
					...[7, 8, 9, 10, 11, 12].map((door) => [door, '同意'] as const),
					[13, '不同意'],
					[14, '弃权']
				])
			]);
			await a.device.goOnline();
			await b.device.goOnline();
			await a.allDelivered();
			await b.allDelivered();
			await one.open('vote');
			await expect(a.page.getByRole('button', { name: /两台手机各记了一票/ })).toHaveCount(2);
			await expect(a.page.getByText('每一户都表决了。')).toBeVisible();
		});

		await test.step('the votes are counted, each household once, and the text is posted', async () => {
			await a.page.getByRole('button', { name: '计票，算结果' }).click();
			await a.sheet.getByRole('button', { name: '计票', exact: true }).click();
			await expect(a.page.getByText('通过了', { exact: true })).toBeVisible();
			// The second phone had the seventh household agree, and recorded it last.
			await expect(a.page.getByRole('listitem').filter({ hasText: /^12\s*同意$/ })).toBeVisible();
			await expect(a.page.getByRole('listitem').filter({ hasText: /^1\s*不同意$/ })).toBeVisible();
			await expect(a.page.getByRole('listitem').filter({ hasText: /^1\s*弃权$/ })).toBeVisible();
			await one.takeStep('开始公示');
			await a.allDelivered();
			await sameEverywhere(all);
		});

		await test.step('it comes into force after seven days, is printed and saved, and a resident reads it', async () => {
			const office = await visit(browser, place.office, deskScreen, 8);
			await office.goto(`/conventions/${entity}`);
			await office.getByRole('button', { name: '确认生效' }).click();
			await office.getByRole('dialog').getByRole('button', { name: '确认生效' }).click();
			await expect(office.getByText(/生效中|第 1 版，.*起生效/).first()).toBeVisible();
			const clauses = await sameEverywhere(all);
			await office.goto(`/conventions/${entity}/notice`);
			await expect(office.getByText('已生效', { exact: true })).toBeVisible();
			// Kept, to be looked at.
			const paper = (name: string) => test.info().outputPath(name);
			const pdf = await office.pdf({ preferCSSPageSize: true, path: paper('convention.pdf') });
			expect(pdf.toString('latin1')).toMatch(/^%PDF-/);
			// The text and where to object, on two pages; the households with their signatures on one of their own.
			expect(pageSizes(pdf)).toEqual(['210 × 297', '210 × 297', '210 × 297']);
			const download = office.waitForEvent('download');
			await office.getByRole('button', { name: '存成 Word 文件' }).click();
			await (await download).saveAs(paper('convention.docx'));
			const word = await wordParagraphs(office, paper('convention.docx'));
			expect(word).toContain('示例胡同1号院落公约');
			expect(word.find((line) => line.includes('第 1 版'))).toContain('生效');
			expect(word.join('\n')).toContain('14 户中 14 户投票');
			expect(word.join('\n')).toContain('同意 12 户，不同意 1 户，弃权 1 户');
			// Word numbers the clauses itself.
			const words = clauses.flatMap((clause) => {
				const [title = '', text = ''] = clause.split('\n').filter((line) => line !== '');
				return [title.slice(title.indexOf(' ') + 1), text];
			});
			expect(word.filter((line) => words.includes(line))).toEqual(words);
			const doors = Array.from({ length: households }, (_, index) => `${index + 1}号`);
			expect(word.filter((line) => /^\d+号/.test(line)).map((line) => line.split(' ')[0])).toEqual(doors);
			await office.context().close();

			const login = await createAccount(place.server, 'home-aaaaaaaaaa', [`resident:${home}`]);
			const resident = await visit(browser, login, phoneScreen, 9);
			await resident.goto(`/conventions/${entity}`);
			await expect(resident.getByRole('article')).toHaveCount(clauses.length);
			await expect(resident.getByText('花盆摆稳。')).toBeVisible();
			await resident.context().close();
		});
	});

	/** Someone at another device, whose clock is so many days ahead. */
	async function visit(browser: Browser, login: Login, screen: Screen, days: number): Promise<Page> {
		const baseURL = place.server.url.replace('127.0.0.1', 'localhost');
		const context = await browser.newContext({ baseURL, viewport: screen, locale: 'zh-CN' });
		await context.clock.setSystemTime(Date.now() + days * dayMs);
		const page = await context.newPage();
		await page.goto('/');
		await page.getByLabel('账号').fill(login.name);
		await page.getByLabel('密码').fill(login.password);
		await page.getByRole('button', { name: '登录', exact: true }).click();
		await expect(page.getByText(courtyardNames[0]).first()).toBeVisible({ timeout: 60_000 });
		return page;
	}
});

/** Clauses, as they are shown, between whose wordings someone must choose. */
function inDoubt(clauses: readonly string[]): readonly string[] {
	return clauses.filter((clause) => clause.includes('两个人都改了这一条'));
}

/** Takes the sample for a whole courtyard, and begins to draft at once. Returns the entity. */
async function begin({ page, device }: Worker): Promise<string> {
	await page.goto(`${device.link.url}/conventions`);
	await page.getByRole('link', { name: '写一份公约' }).click();
	await page.getByRole('radio', { name: courtyardNames[0] }).check();
	await page.getByRole('radio', { name: /^全院的事/ }).check();
	await page.getByRole('radio', { name: /^直接起草/ }).check();
	await page.getByRole('button', { name: '建立' }).click();
	await expect(page).toHaveURL(/\/conventions\/[^/]+\.[a-z0-9]{8,32}$/);
	return page.url().split('/').at(-1) ?? '';
}
