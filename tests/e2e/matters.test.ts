import { expect, test } from '@playwright/test';
import { addDays, dayAt } from '#kinds/day.ts';
import { evaluationOf } from '#kinds/evaluation.ts';
import { parentScope, type Scope } from '#records/scope.ts';
import { createAccount, type Login } from '../serve.ts';
import { deskScreen, Device, phoneScreen } from './device.ts';
import { heldOnServer } from './held-records.ts';
import { foundByAxe, signedIn } from './looks.ts';
import { closeIt, photograph, publish, rate, rateAtDoor } from './matter-steps.ts';
import { putGiven, putRaised } from './matters-put.ts';
import { courtyardNames, startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { Worker } from './worker.ts';

test.describe('matters', () => {
	let place: Neighbourhood;
	let yard: Scope;
	let doors: ReadonlyMap<string, Scope>;
	let home: Login;
	let neighbour: Login;

	test.setTimeout(300_000);
	test.beforeAll(async () => {
		place = await startNeighbourhood({}, 6);
		const records = await heldOnServer(place.server);
		const found = records.find(
			({ kind, body }) => kind === 'courtyard' && body?.['name'] === courtyardNames[0]
		);
		if (!found) throw new Error('the roster made no courtyard');
		yard = found.scope;
		doors = new Map(
			records
				.filter(({ kind, scope }) => kind === 'household' && parentScope(scope) === yard)
				.map(({ scope, body }) => {
					const door = body?.['door'];
					return [typeof door === 'string' ? door : '', scope];
				})
		);
		home = await createAccount(place.server, 'home-aaaaaaaaaa', [`resident:${doorOf('1号')}`]);
		neighbour = await createAccount(place.server, 'home-bbbbbbbbbb', [`resident:${doorOf('4号')}`]);
	});
	test.afterAll(() => place.server.remove());

	test('are raised, given to someone, whistled, carried out, rated and reopened', async ({ browser }) => {
		const [resident, worker, office, other] = await Promise.all([
			signedIn(browser, place.server, home),
			signedIn(browser, place.server, place.workers[0]),
			signedIn(browser, place.server, place.office),
			signedIn(browser, place.server, neighbour)
		]);
		await office.setViewportSize(deskScreen);
		const path = await test.step('a household raises it, with a photo and unnamed', async () => {
			await resident.goto('/matters/new');
			await resident.getByLabel('什么事？').fill('院门口的旧沙发没人搬');
			await resident.getByRole('radio', { name: '堆物' }).check();
			await photograph(resident);
			await resident.getByRole('switch', { name: '不公开姓名' }).check();
			await resident.getByRole('button', { name: '反映给社区' }).click();
			await resident.getByText('院门口的旧沙发没人搬').click();
			await expect(resident.getByText('第 1 步（共 5 步）：民提')).toBeVisible();
			await expect(resident.getByRole('button', { name: '交给人办' })).toBeHidden();
			return new URL(resident.url()).pathname;
		});

		await test.step('a worker takes it on, and it was due yesterday', async () => {
			await worker.goto('/matters');
			await worker.getByText('院门口的旧沙发没人搬').click();
			await expect(worker).toHaveURL(new RegExp(`${path}$`));
			await worker.getByRole('button', { name: '看照片（1 张）' }).click();
			await expect(worker.getByRole('img', { name: /照片/ })).toBeVisible();
			await worker.getByRole('button', { name: '交给人办' }).click();
			await worker.getByLabel('哪天前办好').fill(addDays(dayAt(new Date()), -1));
			await worker.getByRole('dialog').getByRole('button', { name: '交给人办' }).click();
			await expect(worker.getByText('第 4 步（共 5 步）：民办')).toBeVisible();
			await worker.goto('/today');
			const mine = worker.getByRole('region', { name: '我该办的' });
			await expect(mine.getByText('过期 1 天')).toBeVisible();
			await mine.getByRole('link').click();
			await expect(worker).toHaveURL(new RegExp(`${path}$`));
			await expect(worker.getByRole('button', { name: '吹哨叫部门' })).toBeHidden();
		});

		await test.step('the office calls a department, which comes and answers', async () => {
			await office.goto('/matters');
			const row = office.getByRole('row', { name: /旧沙发.*过期 1 天/ });
			await expect(row).toBeVisible({ timeout: 60_000 });
			await office.getByLabel('到哪一步').selectOption('过期的');
			await expect(row).toBeVisible();
			await office.getByLabel('看谁的').selectOption('我办的（0）');
			await expect(row).toBeHidden();
			await office.getByLabel('看谁的').selectOption('worker1（1）');
			await expect(row).toBeVisible();
			await office.getByRole('link', { name: '院门口的旧沙发没人搬' }).click();
			await office.getByRole('button', { name: '吹哨叫部门' }).click();
			const sheet = office.getByRole('dialog');
			await sheet.getByRole('button', { name: '吹哨叫部门' }).click();
			await expect(sheet.getByText('请写上是哪个部门。')).toBeVisible();
			await sheet.getByLabel('叫哪个部门').fill('城管执法队');
			await sheet.getByLabel('为什么吹哨').fill('占了消防通道');
			await sheet.getByLabel('哪天前答复').fill(addDays(dayAt(new Date()), -1));
			await sheet.getByRole('button', { name: '吹哨叫部门' }).click();
			await expect(office.getByText('过了期限还没答复')).toBeVisible();
			await office.getByRole('button', { name: '记报到' }).click();
			await sheet.getByLabel('谁来的').fill('队员甲');
			await sheet.getByRole('button', { name: '记报到' }).click();
			await expect(office.getByText('队员甲')).toBeVisible();
			await office.getByRole('button', { name: '记答复' }).click();
			await sheet.getByLabel('部门怎么说、怎么做的').fill('明天来拉走');
			await sheet.getByRole('button', { name: '记答复' }).click();
			await expect(office.getByText('已答复')).toBeVisible();
		});

		await test.step('the worker records how it goes, with a photo, and closes it', async () => {
			await expect(worker.getByText('明天来拉走')).toBeVisible({ timeout: 60_000 });
			await worker.getByRole('button', { name: '记进展' }).click();
			await worker.getByLabel('办到哪儿了').fill('沙发抬到路边了');
			await worker.getByLabel('在等什么').fill('城管来车');
			await photograph(worker);
			await worker.getByRole('button', { name: '记下进展' }).click();
			await expect(worker.getByText('在等：城管来车').first()).toBeVisible();
			await closeIt(worker, '沙发拉走了');
			await expect(worker.getByText('第 5 步（共 5 步）：民评')).toBeVisible();
		});

		await test.step('four households rate it: two at the door, two on their phones', async () => {
			await rateAtDoor(worker, '2号', '满意');
			await rateAtDoor(worker, '3号', '满意');
			await expect(resident.getByText('在等：城管来车')).toBeVisible({ timeout: 60_000 });
			await rate(resident, '不满意');
			await resident.getByRole('button', { name: '改一改' }).click();
			await rate(resident, '基本满意');
			await other.goto(path);
			await expect(other.getByText('这里没有这件事')).toBeVisible();
			await publish(worker, path);
			await other.goto('/public');
			await other.getByText('院门口的旧沙发没人搬').click({ timeout: 60_000 });
			await expect(other.getByText('示例胡同1号 1号')).toBeHidden();
			await rate(other, '不满意');
			await worker.goto(path);
			await expect(worker.getByText('满意 2 户，基本满意 1 户，不满意 1 户')).toBeVisible({
				timeout: 60_000
			});
		});

		await test.step('a poor rating lets it be reopened, and its second round is closed', async () => {
			await worker.getByRole('button', { name: '重新办' }).click();
			await worker.getByRole('textbox', { name: '为什么重新办' }).fill('又堆上了');
			await worker.getByLabel('哪天前办好').fill(dayAt(new Date()));
			await worker.getByRole('dialog').getByRole('button', { name: '重新办' }).click();
			await expect(worker.getByText(/第 2 轮：worker1 办，.*（又堆上了）/)).toBeVisible();
			await worker.goto('/today');
			await expect(worker.getByRole('region', { name: '我该办的' }).getByText('今天到期')).toBeVisible();
			await worker.goto(path);
			await closeIt(worker, '立了牌子，没有再堆');
			await rateAtDoor(worker, '2号', '满意');
			await expect(worker.getByRole('region', { name: '第 2 轮' }).getByText('满意 1 户')).toBeVisible();
			await expect(worker.getByRole('button', { name: '重新办' })).toBeHidden();
			expect(await foundByAxe(worker)).toEqual([]);
			await expect
				.poll(async () => (await ratings()).toSorted(), { timeout: 60_000 })
				.toEqual(['1号 1', '1号 1', '2号 1', '2号 2', '3号 1', '4号 1']);
		});
	});

	test('are written down by staff about any place, as a draft from the first keystroke', async ({
		browser
	}) => {
		const office = await signedIn(browser, place.server, place.office);
		await office.goto('/matters/new');
		await office.getByRole('radio', { name: '整个社区' }).check();
		await office.getByRole('radio', { name: '民情接待室' }).check();
		await office.getByLabel('谁反映的').fill('来访的居民甲');
		await office.getByLabel('什么事？').fill('胡同里的路灯太暗');
		await expect(office.getByText('请选一个地方')).toBeHidden();
		await office.reload();
		await expect(office.getByLabel('什么事？')).toHaveValue('胡同里的路灯太暗');
		await expect(office.getByRole('radio', { name: '整个社区' })).toBeChecked();
		await office.getByRole('button', { name: '记下这件事' }).click();
		await expect(office.getByText('民情接待室：来访的居民甲')).toBeVisible();
		await office.getByRole('button', { name: '记下怎么定的' }).click();
		await office.getByRole('textbox', { name: '怎么定的' }).fill('请街道换灯');
		await office.getByRole('dialog').getByRole('button', { name: '记下怎么定的' }).click();
		await expect(office.getByText('第 3 步（共 5 步）：民决')).toBeVisible();
		await office.getByRole('button', { name: '交给人办' }).click();
		await office.getByLabel('谁来办').selectOption({ label: '别的人或部门（写名字）' });
		await office.getByRole('dialog').getByRole('button', { name: '交给人办' }).click();
		await expect(office.getByText('请写上谁来办。')).toBeVisible();
		await office.getByLabel('名字').fill('街道城管科');
		await office.getByRole('dialog').getByRole('button', { name: '交给人办' }).click();
		await expect(office.getByText(/街道城管科 办/)).toBeVisible();

		// A worker sees what concerns the community, and has no step to take there.
		const path = new URL(office.url()).pathname;
		const worker = await signedIn(browser, place.server, place.workers[1]);
		await worker.goto('/matters');
		await expect(worker.getByText('胡同里的路灯太暗')).toBeVisible({ timeout: 60_000 });
		await worker.getByLabel('看谁的').selectOption('街道城管科（1）');
		await expect(worker.getByText('胡同里的路灯太暗')).toBeVisible();
		await worker.getByLabel('到哪一步').selectOption('过期的');
		await expect(worker.getByText('胡同里的路灯太暗')).toBeHidden();
		await worker.goto(path);
		await expect(worker.getByText('这一步由社区或街道来走。')).toBeVisible();
		await expect(worker.getByRole('button', { name: '记进展' })).toBeHidden();

		await test.step('unless it was given to that worker, who says how it goes and reports it done', async () => {
			const community = parentScope(place.grid) ?? place.grid;
			const mine = await putGiven(
				{ server: place.server, by: place.office, scope: community },
				'minshi0010',
				'社区公告栏的玻璃裂了',
				place.workers[1].name
			);
			await worker.goto('/today');
			await worker
				.getByRole('region', { name: '我该办的' })
				.getByRole('link', { name: /公告栏/ })
				.click({ timeout: 60_000 });
			await expect(worker.getByRole('button', { name: '吹哨叫部门' })).toBeHidden();
			await expect(worker.getByRole('button', { name: '换人或改日期' })).toBeHidden();
			await worker.getByRole('button', { name: '记进展' }).click();
			await worker.getByLabel('办到哪儿了').fill('量了玻璃');
			await photograph(worker);
			await worker.getByRole('button', { name: '记下进展' }).click();
			await closeIt(worker, '玻璃换好了');
			await office.goto(`/matters/${mine.entity}`);
			await expect(office.getByText('玻璃换好了')).toBeVisible({ timeout: 60_000 });
			await expect(office.getByText('量了玻璃')).toBeVisible({ timeout: 60_000 });
			await office.getByRole('button', { name: '看照片（1 张）' }).click();
			await expect(office.getByRole('img', { name: /照片/ })).toBeVisible();
		});
	});

	test('in which two phones without a network took different steps are settled by a choice', async () => {
		const raised = await putRaised(
			{ server: place.server, by: place.workers[0], scope: yard },
			'minshi0009',
			'公厕门口的灯坏了'
		);
		const port = Number(new URL(place.server.url).port);
		const phones = [
			new Worker(await Device.start('one', port, phoneScreen), place.workers[0]),
			new Worker(await Device.start('two', port, phoneScreen), place.workers[1])
		] as const;
		try {
			for (const phone of phones) {
				await phone.signIn();
				await phone.page.goto(`${phone.device.link.url}/matters/${raised.entity}`);
				await expect(phone.page.getByText('公厕门口的灯坏了')).toBeVisible({ timeout: 60_000 });
				await phone.device.goOffline();
			}
			const [one, two] = phones;
			await one.page.getByRole('button', { name: '记下怎么定的' }).click();
			await one.page.getByRole('textbox', { name: '怎么定的' }).fill('请街道换灯');
			await one.sheet.getByRole('button', { name: '记下怎么定的' }).click();
			await expect(one.page.getByText('第 3 步（共 5 步）：民决')).toBeVisible();
			await two.page.getByRole('button', { name: '交给人办' }).click();
			await two.sheet.getByRole('button', { name: '交给人办' }).click();
			await expect(two.page.getByText('第 4 步（共 5 步）：民办')).toBeVisible();

			for (const phone of phones) await phone.device.goOnline();
			await expect(one.page.getByText('两个人记的不一样')).toBeVisible({ timeout: 60_000 });
			await expect(two.page.getByText('两个人记的不一样')).toBeVisible({ timeout: 60_000 });
			await expect(one.page.getByRole('button', { name: '交给人办' })).toBeHidden();
			await one.page.getByRole('radio', { name: /民决：请街道换灯/ }).check();
			await expect(one.page.getByRole('radio', { name: /民办：worker2/ })).toBeVisible();
			await one.page.getByRole('button', { name: '就按选的记' }).click();
			for (const phone of phones) {
				await expect(phone.page.getByText('第 3 步（共 5 步）：民决')).toBeVisible({ timeout: 60_000 });
				await expect(phone.page.getByText('两个人记的不一样')).toBeHidden();
			}
		} finally {
			for (const phone of phones) await phone.device.remove();
		}
	});

	function doorOf(door: string): Scope {
		const household = doors.get(door);
		if (!household) throw new Error(`no door ${door}`);
		return household;
	}

	/** `2号 1`: the households that rated on the server, with the round. */
	async function ratings(): Promise<readonly string[]> {
		const held = await heldOnServer(place.server);
		return held
			.filter(({ kind }) => kind === 'evaluation')
			.flatMap(({ entity }) => evaluationOf(entity) ?? [])
			.map(({ household, round }) => {
				const [door] = [...doors].find(([, scope]) => scope === household) ?? [household];
				return `${door} ${round}`;
			});
	}
});
