import { expect, test } from '@playwright/test';
import type { Scope } from '#records/scope.ts';
import { createAccount, type Login } from '../serve.ts';
import { Device, phoneScreen } from './device.ts';
import { Drafter } from './drafter.ts';
import { heldOnServer, statesOf } from './held-records.ts';
import { courtyardNames, startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
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
	let yard: Scope;

	test.beforeEach(async () => {
		place = await startNeighbourhood({}, households);
		devices = [];
		const records = await heldOnServer(place.server);
		const named = records.find(
			({ kind, body }) => kind === 'courtyard' && body?.['name'] === courtyardNames[0]
		);
		if (!named) throw new Error('the roster made no courtyard');
		yard = named.scope;
	});
	test.afterEach(async () => {
		for (const device of devices) await device.remove();
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
		const held = statesOf(await heldOnServer(place.server));
		const shown: (readonly string[])[] = [];
		for (const one of phones) {
			await expect.poll(() => one.state(), { timeout: 60_000 }).toBe(held.get(`convention:${one.entity}`));
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
			expect(together.filter((clause) => clause.includes('两个人都改了这一条'))).toHaveLength(1);
			await c.device.goOnline();
			await c.allDelivered();
			await a.allDelivered();
			const three = await sameEverywhere(all);
			expect(three.filter((clause) => clause.includes('两个人都改了这一条'))).toHaveLength(2);
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
	});
});

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
