import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { amendmentEntity } from '#kinds/amendment.ts';
import { evaluationEntity, evaluationOf } from '#kinds/evaluation.ts';
import { addDays, dayAt } from '#kinds/day.ts';
import { progressEntity } from '#kinds/progress.ts';
import { whistleEntity } from '#kinds/whistle.ts';
import { databaseOf } from '#records/database-name.ts';
import { parentScope, type Scope } from '#records/scope.ts';
import { basic, createAccount, type Login } from '../serve.ts';
import { deskScreen, Device, phoneScreen } from './device.ts';
import { figureOf } from './five-figures.ts';
import { heldOnDevice, heldOnServer } from './held-records.ts';
import { signedIn } from './looks.ts';
import { courtyardNames, startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { foundIn } from './profile-search.ts';
import { putPublished, putUnpublished, secrets, type PutPublic } from './public-put.ts';
import { Resident } from './resident.ts';
import { put, sealed, type PutOn } from './votes-put.ts';

const [courtyardName] = courtyardNames;

test.describe('what is public', () => {
	let place: Neighbourhood;
	let on: PutOn;
	let raiser: Scope;
	let household: Scope;
	let resident: Login;
	let unpublished: PutPublic;

	test.setTimeout(300_000);
	test.beforeEach(async () => {
		place = await startNeighbourhood({}, 5);
		const records = await heldOnServer(place.server);
		const yard = records.find(({ kind, body }) => kind === 'courtyard' && body?.['name'] === courtyardName);
		if (!yard) throw new Error('the roster made no courtyard');
		const doorOf = (door: string): Scope => {
			const home = records.find(
				({ kind, body, scope }) =>
					kind === 'household' && body?.['door'] === door && parentScope(scope) === yard.scope
			);
			if (!home) throw new Error(`no door ${door}`);
			return home.scope;
		};
		on = { server: place.server, by: place.workers[0], scope: yard.scope };
		raiser = doorOf('3号');
		household = doorOf('4号');
		resident = await createAccount(place.server, 'home-dddddddddd', [`resident:${household}`]);
		unpublished = await putUnpublished(on, raiser);
	});
	test.afterEach(() => place.server.remove());

	test('is shown to whoever publishes it first, and is then read, amended and rated by residents', async ({
		browser
	}) => {
		const worker = await signedIn(browser, place.server, place.workers[0]);
		const reader = await signedIn(browser, place.server, resident);
		await reader.goto('/public');
		await expect(reader.getByText('还没有公开的')).toBeVisible();

		await test.step('a matter, in the words of whoever publishes it', async () => {
			await worker.goto(`/publish/matter/${unpublished.matter}`);
			await expect(worker.getByText('还没有公开过，居民看不到。')).toBeVisible();
			await expect(worker.getByText('提出人不愿意公开姓名')).toBeVisible();
			await expect(worker.getByLabel('提出人')).toHaveCount(0);
			await worker.getByLabel('公开时怎么写').fill('3号门口总停电动车');
			await expect(worker.getByText('里面写着“3号”')).toBeVisible();
			await worker.getByLabel('公开时怎么写').fill('院门口总停电动车');
			await expect(worker.getByText('里面写着')).toHaveCount(0);
			// Nothing typed is lost.
			await worker.reload();
			await expect(worker.getByLabel('公开时怎么写')).toHaveValue('院门口总停电动车');
			const preview = worker.getByRole('article');
			await expect(preview.getByRole('heading', { name: '院门口总停电动车' })).toBeVisible();
			await expect(preview.getByText('请交通队来划线。')).toBeVisible();
			await expect(preview.getByText('网格员甲')).toHaveCount(0);
			await worker.getByRole('switch', { name: '写上谁来办' }).click();
			await expect(preview.getByText('谁来办：网格员甲')).toBeVisible();
			await worker.getByRole('button', { name: '公开', exact: true }).click();
			await expect(worker.getByText('已经公开，和现在一样。')).toBeVisible();
		});

		await test.step('filed minutes, without a name of who spoke', async () => {
			await worker.goto(`/publish/meeting/${unpublished.meeting}`);
			const preview = worker.getByRole('article');
			await expect(preview.getByText('院门口画黄线，一律不停车。')).toBeVisible();
			await expect(preview.getByText('赞成 9 票，反对 1 票，弃权 1 票')).toBeVisible();
			await expect(preview.getByText('1 户，另有 1 人')).toBeVisible();
			await expect(preview.getByText('找施工队画黄线')).toBeVisible();
			await worker.getByRole('switch', { name: '写上大家说的话' }).click();
			await expect(preview.getByText(secrets.said)).toBeVisible();
			await expect(preview.getByText(secrets.spoke)).toHaveCount(0);
			await worker.getByRole('switch', { name: '写上大家说的话' }).click();
			await worker.getByRole('button', { name: '公开', exact: true }).click();
			await expect(worker.getByText('已经公开，和现在一样。')).toBeVisible();
			await worker.getByRole('radio', { name: '开会通知' }).check();
			await worker.getByLabel('想告诉居民的话').fill('请各户来一位。');
			await expect(preview.getByText('请各户来一位。')).toBeVisible();
			await worker.getByRole('button', { name: '公开', exact: true }).click();
			await expect(worker.getByText('已经公开，和现在一样。')).toBeVisible();
		});

		await test.step('a resident finds all three at home, and rates the matter', async () => {
			await reader.goto('/home');
			const card = reader.getByRole('region', { name: '公开' });
			await expect(card.getByRole('link')).toHaveCount(3, { timeout: 60_000 });
			await expect(card.getByText('请您评一评')).toBeVisible();
			await card.getByRole('link', { name: /院门口总停电动车/ }).click();
			await expect(reader.getByText('谁来办：网格员甲')).toBeVisible();
			await expect(reader.getByText('办的结果：线画好了。')).toBeVisible();
			await reader.getByRole('button', { name: '就这么评' }).click();
			await expect(reader.getByText('请先选一个')).toBeVisible();
			await reader.getByRole('radio', { name: '基本满意' }).check();
			await reader.getByLabel('想说的话').fill('线画得窄');
			await reader.reload();
			await expect(reader.getByLabel('想说的话')).toHaveValue('线画得窄');
			await reader.getByRole('button', { name: '就这么评' }).click();
			await expect(reader.getByText('您家评了：基本满意')).toBeVisible();
			await reader.getByRole('button', { name: '改一改' }).click();
			await reader.getByRole('radio', { name: '满意', exact: true }).check();
			await reader.getByRole('button', { name: '就这么评' }).click();
			await expect(reader.getByText('您家评了：满意')).toBeVisible();
			await expect(reader.getByText('已送达', { exact: true })).toBeVisible({ timeout: 60_000 });
			const rated = (await heldOnServer(place.server)).filter(({ kind }) => kind === 'evaluation');
			expect(rated.map(({ entity }) => evaluationOf(entity))).toEqual(
				Array.from({ length: 2 }, () => ({ household, matter: 'minshi0009', round: 1 }))
			);
		});

		await test.step('and objects to the minutes, as long as there is time', async () => {
			await reader.goto('/public');
			await reader.getByRole('link', { name: /示例停车议事会.*参加的人可以提意见/ }).click();
			await reader.getByRole('radio', { name: /异议/ }).check();
			await reader.getByLabel('您想说的').fill('弃权的是两票');
			await reader.getByRole('button', { name: '提交意见' }).click();
			await expect(reader.getByText('弃权的是两票')).toBeVisible();
			await expect(reader.getByText('已送达', { exact: true })).toBeVisible({ timeout: 60_000 });
			const [amendment] = (await heldOnServer(place.server)).filter(({ kind }) => kind === 'amendment');
			expect(amendment).toMatchObject({
				scope: household,
				body: { type: 'objection', words: '弃权的是两票' }
			});
			if (!amendment) throw new Error('no amendment');
			const answer = { type: 'accepted', words: '核对过录音，是两票。' };
			await put(place.server, on.by, [
				sealed(on.by, 'amendment', amendment.entity, household, [amendment], { ...amendment.body, answer })
			]);
			await expect(reader.getByText('答复：采纳')).toBeVisible({ timeout: 60_000 });
			await expect(reader.getByText('核对过录音，是两票。')).toBeVisible();
			await expect(reader.getByRole('button', { name: '改一改' })).toHaveCount(0);
		});
		await worker.context().close();
		await reader.context().close();
	});

	test('is out of date when its subject goes on, can be published anew and taken down', async ({
		browser
	}) => {
		const { matter } = await putPublished(on, unpublished);
		const worker = await signedIn(browser, place.server, place.workers[0]);
		const reader = await signedIn(browser, place.server, resident);
		await worker.goto(`/publish/matter/${unpublished.matter}`);
		await expect(worker.getByText('已经公开，和现在一样。')).toBeVisible();
		await expect(worker.getByRole('button', { name: '更新公开' })).toBeDisabled();
		const last = [...unpublished.records.revisions('matter', unpublished.matter)].at(-1);
		if (!last) throw new Error('no matter');
		const again = {
			...{ name: 'doing', owner: { name: '网格员甲' }, due: addDays(dayAt(new Date()), 9), round: 2 },
			because: '线又磨没了'
		};
		await put(place.server, on.by, [
			sealed(on.by, 'matter', unpublished.matter, raiser, [last], { ...last.body, stage: again })
		]);
		await expect(worker.getByText('公开的内容还是旧的')).toBeVisible({ timeout: 60_000 });
		await worker.getByRole('button', { name: '更新公开' }).click();
		await expect(worker.getByText('已经公开，和现在一样。')).toBeVisible();
		await reader.goto(`/public/${matter}`);
		await expect(reader.getByText('第 4 步（共 5 步）：民办')).toBeVisible({ timeout: 60_000 });
		await expect(reader.getByRole('button', { name: '就这么评' })).toHaveCount(0);

		await worker.getByRole('button', { name: '撤下' }).click();
		await worker.getByLabel('为什么撤下').fill('写错了地方');
		await worker.getByRole('dialog').getByRole('button', { name: '撤下' }).click();
		await expect(worker.getByText('原因：写错了地方')).toBeVisible();
		await expect(reader.getByText('这一条没有公开')).toBeVisible({ timeout: 60_000 });
		await worker.context().close();
		await reader.context().close();
	});

	test('is all that reaches a resident’s account and phone, whatever else is recorded', async () => {
		await putPublished(on, unpublished);
		const { by, server, scope } = on;
		const about = (kind: string, entity: string, at: Scope, body: Parameters<typeof sealed>[5]) =>
			sealed(by, kind, entity, at, [], body);
		const today = dayAt(new Date());
		await put(server, by, [
			about('progress', progressEntity(raiser, 'minshi0009', 'jinzhan09'), raiser, {
				words: secrets.progress
			}),
			about('evaluation', evaluationEntity(raiser, 'minshi0009', 1), raiser, {
				...{ satisfaction: 'not', words: secrets.rated }
			}),
			about('amendment', amendmentEntity(raiser, 'huiyi0009', 'yiyi00009'), raiser, {
				...{ type: 'addition', words: secrets.amended }
			})
		]);
		await put(server, place.office, [
			sealed(place.office, 'whistle', whistleEntity(raiser, 'minshi0009', 'chuishao9'), raiser, [], {
				...{ department: '交通队', reason: secrets.whistle, due: addDays(today, 3) }
			})
		]);
		const everything = (await heldOnServer(server)).filter(({ kind }) =>
			['meeting', 'minute', 'matter', 'progress', 'whistle', 'evaluation', 'amendment'].includes(kind)
		);
		expect(new Set(everything.map(({ kind }) => kind)).size).toBe(7);

		const databases = [...new Set([scope, place.grid, raiser].map(databaseOf)), 'zg-qianmen'];
		const told: string[] = [];
		const ask = async (path: string, init: RequestInit = {}): Promise<void> => {
			const headers = { ...basic(resident), 'Content-Type': 'application/json' };
			told.push(await (await fetch(`${server.url}/db/${path}`, { ...init, headers })).text());
		};
		for (const database of databases) {
			await ask(`${database}/_all_docs?include_docs=true`);
			await ask(`${database}/_changes?include_docs=true`);
			const docs = everything.map(({ _id, _rev }) => ({ id: _id, rev: _rev }));
			await ask(`${database}/_bulk_get`, { method: 'POST', body: JSON.stringify({ docs }) });
			for (const { _id } of everything) await ask(`${database}/${_id}`);
		}
		const all = told.join('\n');
		expect(all).toContain('院门口画黄线，一律不停车。');
		expect(all).toContain('院门口总有人停电动车');
		for (const secret of [...Object.values(secrets), '不该有']) expect(all).not.toContain(secret);

		const device = await Device.start('home', server.port, phoneScreen);
		try {
			const phone = new Resident(device, resident);
			await phone.signIn(`${courtyardName} 4号`);
			await expect(phone.page.getByText('示例停车议事会').first()).toBeVisible({ timeout: 60_000 });
			const { records } = await heldOnDevice(phone.page, resident.name);
			const kinds = new Set(records.map(({ kind }) => kind));
			expect(kinds.has('publication')).toBe(true);
			expect(everything.map(({ kind }) => kind).filter((kind) => kinds.has(kind))).toEqual([]);
			const held = JSON.stringify(records);
			for (const secret of Object.values(secrets)) expect(held).not.toContain(secret);
			// Nor is there a word of the household that raised the matter.
			expect(held).not.toContain(raiser);
			await device.close();
			expect(await foundIn(device.profile, { ...secrets, raiser })).toEqual([]);
		} finally {
			await device.remove();
		}
	});

	test('counts with what was heard, deliberated, settled and rated, in a period and a place', async ({
		browser
	}) => {
		await putPublished(on, unpublished);
		await put(place.server, on.by, [
			sealed(on.by, 'evaluation', evaluationEntity(raiser, 'minshi0009', 1), raiser, [], {
				satisfaction: 'satisfied'
			})
		]);
		const office = await signedIn(browser, place.server, place.office);
		await office.setViewportSize(deskScreen);
		await office.goto('/office');
		await office.getByRole('link', { name: '五事' }).click();
		const figure = (title: string, name: string) => figureOf(office, title, name);
		await expect(figure('民情接待室', '居民反映的')).toHaveText(/^1/, { timeout: 60_000 });
		await expect(figure('民情接待室', '会上交办的')).toHaveText(/^1/);
		await expect(figure('议事厅', '开的会')).toHaveText(/^1/);
		await expect(figure('联席会', '决议')).toHaveText(/^1/);
		await expect(figure('联席会', '按期办结')).toHaveText(/^1/);
		await expect(figure('联席会', '逾期办结')).toHaveText('0');
		await expect(figure('党务公开', '会议纪要')).toHaveText(/^1/);
		await expect(figure('双述双评', '基本满意')).toHaveText('0');
		await expect(figure('双述双评', '评后重办')).toHaveText('0');
		await figure('联席会', '决议').getByRole('button').click();
		await expect(
			office.getByRole('dialog').getByRole('link', { name: '院门口画黄线，一律不停车。' })
		).toBeVisible();
		await office.keyboard.press('Escape');
		const saving = office.waitForEvent('download');
		await office.getByRole('button', { name: '存为表格' }).click();
		const table = await readFile(await (await saving).path(), 'utf8');
		expect(table).toContain('议事厅,开的会,1');
		expect(table).toContain('双述双评,满意,1');
		await office.getByRole('radio', { name: '自选日期' }).check();
		await office.getByLabel('从', { exact: true }).fill('2020-01-01');
		await office.getByLabel('到', { exact: true }).fill('2020-01-31');
		await expect(figure('议事厅', '开的会')).toHaveText('0');
		await office.context().close();
	});
});
