import { expect, test, type Page } from '@playwright/test';
import { checkInEntity } from '#kinds/check-in.ts';
import { conventionOf, readConvention } from '#kinds/convention.ts';
import { dayAt } from '#kinds/day.ts';
import { opinionEntity } from '#kinds/opinion.ts';
import { databaseOf } from '#records/database-name.ts';
import type { Json } from '#records/json.ts';
import { seal } from '#records/revision.ts';
import { parentScope, toScope, type Scope } from '#records/scope.ts';
import { basic, createAccount, startServer, type Login } from '../serve.ts';
import { putInForce, putPosted } from './conventions-put.ts';
import { putDoubtful } from './doubtful-convention.ts';
import { heldOnServer } from './held-records.ts';
import { examine, newContext, signedIn, tour } from './looks.ts';
import { putReopened, putTwoSteps } from './matters-put.ts';
import { putMeeting } from './meetings-put.ts';
import { putEnded, putFiled } from './minutes-put.ts';
import { rosterOf, startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { putPublished, putUnpublished, type PutPublic } from './public-put.ts';
import { put, putDeliberating, putVoting, sealed } from './votes-put.ts';

test.describe('every screen', () => {
	let place: Neighbourhood;
	let courtyard: string;
	let household: string;
	let resident: Login;
	let posted: string;
	let voting: string;
	let deliberating: string;
	/** A council under way. */
	let meeting: string;
	/** Councils whose minutes wait to be signed, and are filed. */
	let ended: string;
	let filed: string;
	/** A council and a matter with what is public of them. */
	let shown: PutPublic;
	let published: Awaited<ReturnType<typeof putPublished>>;
	/** A convention with doubts. */
	let unsettled: string;

	// The longest file, and no test of it needs another's: each process has a neighbourhood of its own.
	test.describe.configure({ mode: 'parallel' });
	test.setTimeout(300_000);
	test.beforeAll(async () => {
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
		meeting = await putMeeting(on, households);
		shown = await putUnpublished(on, households[2] ?? yard.scope);
		published = await putPublished(on, shown);
		ended = (await putEnded(on, households.slice(0, 11))).entity;
		filed = await putFiled(on, households.slice(0, 11));
		posted = await putPosted({
			...{ ...on, households },
			clauses: [{ heading: '垃圾分类', text: '每户按时分类投放。' }, { text: '不在院门口堆放杂物。' }]
		});
	});
	test.afterAll(() => place.server.remove());

	test('of a worker has nothing for axe to find, and fits', async ({ browser }) => {
		const page = await signedIn(browser, place.server, place.workers[0], { offline: true });
		await page.goto('/today');
		const first = page.getByRole('button', { name: /^示例胡同1号/ });
		await expect(first).toBeVisible();
		if ((await first.getAttribute('aria-expanded')) !== 'true') await first.click();
		await examine(page, 'today');
		await page.getByRole('button', { name: /^1号，/ }).click();
		await expect(page.getByRole('dialog')).toBeVisible();
		await examine(page, 'sheet');
		await page.getByRole('dialog').getByRole('button', { name: '混投', exact: true }).click();
		await expect(page.getByRole('button', { name: /^1号，.*混投/ })).toBeVisible();
		await examine(page, 'saved');
		await page.goto('/courtyards');
		await expect(page.getByText('示例胡同2号')).toBeVisible();
		await examine(page, 'courtyards');
		await page.goto(`/courtyards/${courtyard}`);
		await expect(page.getByRole('heading', { name: /示例胡同/ }).first()).toBeVisible();
		await examine(page, 'courtyard');
		await page.goto(`/households/${household}`);
		await expect(page.getByRole('table')).toBeVisible();
		await examine(page, 'household');
		const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
		await page.goto(`/households/${household}?day=${today}`);
		await expect(page.getByRole('heading', { name: '历史' })).toBeVisible();
		await examine(page, 'day');
		await page.getByRole('button', { name: '撤回', exact: true }).click();
		await expect(page.getByLabel('为什么撤回')).toBeVisible();
		await examine(page, 'withdrawing');
		await page.goto('/today');
		if ((await first.getAttribute('aria-expanded')) !== 'true') await first.click();
		await page.getByRole('button', { name: /^2号，.*两个人记的不一样/ }).click();
		await expect(page.getByText('就按选的记')).toBeVisible();
		await examine(page, 'doubt');
		await page.keyboard.press('Escape');
		await page.context().setOffline(true);
		await page.getByRole('button', { name: /^10号，/ }).click();
		await page.getByRole('dialog').getByRole('button', { name: '分对了', exact: true }).click();
		await expect(page.getByRole('button', { name: /^10号，.*分对了/ })).toBeVisible();
		await page.getByRole('link', { name: '传送', exact: true }).click();
		await expect(page.getByRole('heading', { name: '待传的' })).toBeVisible();
		await examine(page, 'waiting');
		await page.context().setOffline(false);
		await page.goto('/sync');
		await expect(page.getByRole('button', { name: '现在传送' })).toBeVisible();
		await examine(page, 'sync');
		await tour(page, [
			['settings', '/settings'],
			['matters', '/matters'],
			['points', `/points/${household}`],
			['cards', `/cards/${household}`]
		]);
		await page.goto('/nowhere');
		await expect(page.getByRole('heading', { level: 1, name: '没有这个页面' })).toBeVisible();
		await examine(page, 'nowhere');
		await page.context().close();
	});

	test('of a worker with conventions has nothing for axe to find, and fits', async ({ browser }) => {
		const page = await signedIn(browser, place.server, place.workers[0]);
		await tour(page, [
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
		await tour(page, [['frozen', `/conventions/${posted}/edit`]]);
		await draftConvention(page, courtyard);
		await page.goto(`/conventions/${posted}`);
		await page.getByRole('button', { name: '回到协商' }).click();
		await expect(page.getByLabel('为什么')).toBeVisible();
		await examine(page, 'convention-step');
		await page.context().close();
	});

	test('of conventions compared, voted on and in force has nothing for axe to find, and fits', async ({
		browser
	}) => {
		const households = (await heldOnServer(place.server)).flatMap(({ kind, scope }) =>
			kind === 'household' && parentScope(scope) === courtyard ? [scope] : []
		);
		const { inForce, reviewing } = await putInForce(
			{
				...{ server: place.server, by: place.workers[0], scope: toScope(courtyard) },
				...{ households: households.slice(0, 4), clauses: [{ text: '每户按时分类投放。' }] }
			},
			place.office
		);
		const page = await signedIn(browser, place.server, place.workers[0]);
		await readVersions(page, place, unsettled);
		await voteAndCount(page, voting);
		await suggest(place, deliberating, toScope(household));
		await page.goto(`/conventions/${deliberating}/opinions?view=all`);
		await page.getByRole('button', { name: '采纳到正文' }).click();
		await expect(page.getByRole('dialog').getByLabel('改好的条文')).toBeVisible();
		await examine(page, 'take-over');
		await page.keyboard.press('Escape');
		await page.goto(`/conventions/${reviewing}`);
		await expect(page.getByText('每户按时分类投放。')).toBeVisible({ timeout: 60_000 });
		await tour(page, [
			['convention-in-force', `/conventions/${inForce}`],
			['convention-reviewing', `/conventions/${reviewing}`],
			['rating', `/conventions/${reviewing}/opinions`]
		]);
		await page.context().close();
	});

	test('of matters has nothing for axe to find, and fits', async ({ browser }) => {
		const on = {
			server: place.server,
			by: place.workers[0],
			office: place.office,
			scope: toScope(courtyard)
		};
		const held = await heldOnServer(place.server);
		const households = held.flatMap(({ kind, scope }) =>
			kind === 'household' && parentScope(scope) === on.scope ? [scope] : []
		);
		const reopened = await putReopened(on, households);
		const doubtful = await putTwoSteps(on);
		const page = await signedIn(browser, place.server, place.workers[0]);
		await page.goto('/today');
		await expect(page.getByRole('region', { name: '我该办的' })).toBeVisible({ timeout: 60_000 });
		await examine(page, 'today-due');
		await tour(page, [
			['matters-worker', '/matters'],
			['matter-new', '/matters/new'],
			['matter-reopened', `/matters/${reopened}`],
			['matter-doubtful', `/matters/${doubtful}`]
		]);
		await page.goto(`/matters/${reopened}`);
		await page.getByRole('button', { name: '换人或改日期' }).click();
		await examine(page, 'matter-assigning');
		await page.keyboard.press('Escape');
		await page.getByRole('button', { name: '改一改' }).first().click();
		await expect(page.getByRole('dialog')).toBeVisible();
		await examine(page, 'matter-changing');
		await page.keyboard.press('Escape');
		await page.getByRole('button', { name: '撤回这户的评价' }).first().click();
		await expect(page.getByRole('dialog')).toBeVisible();
		await examine(page, 'matter-taking-back');
		await page.keyboard.press('Escape');
		await page.getByRole('button', { name: '关联一次会' }).click();
		await examine(page, 'matter-linking');
		await page.keyboard.press('Escape');
		await page.getByRole('button', { name: '改类别、地点、照片' }).click();
		await examine(page, 'matter-editing');
		await page
			.getByRole('dialog')
			.getByLabel(/^具体位置/)
			.fill('院门东侧');
		await page.getByRole('button', { name: '就按这样改' }).click();
		await expect(page.getByRole('dialog')).toHaveCount(0);
		await expect(page.getByText(/院门东侧/)).toBeVisible();
		await page.context().close();
		const office = await signedIn(browser, place.server, place.office);
		await tour(office, [
			['matters-office', '/matters'],
			['matter-office', `/matters/${reopened}`]
		]);
		await office.context().close();
	});

	test('of a worker with meetings has nothing for axe to find, and fits', async ({ browser }) => {
		const page = await signedIn(browser, place.server, place.workers[0]);
		await tour(page, [
			['meetings', '/meetings'],
			['meeting-new', `/meetings/new?at=${courtyard}`],
			['meeting', `/meetings/${meeting}`],
			['meeting-edit', `/meetings/${meeting}/edit`],
			['taking', `/meetings/${meeting}/take`],
			['taking-photos', `/meetings/${meeting}/take?part=photos`]
		]);
		await page.goto(`/meetings/${meeting}/take?part=yiti0001`);
		await expect(page.getByText('两个人都改了这一条')).toBeVisible();
		await examine(page, 'taking-item');
		await page.getByRole('radio', { name: '举手表决' }).check();
		await examine(page, 'taking-hands');
		await page.getByRole('radio', { name: '交办事项' }).check();
		await examine(page, 'taking-matter');
		await page.getByRole('button', { name: /^改 过道要能过轮椅/ }).click();
		await expect(page.getByRole('dialog')).toBeVisible();
		await examine(page, 'taking-line');
		await page.context().close();
	});

	test('of searching and of traces has nothing for axe to find, and fits', async ({ browser }) => {
		const page = await signedIn(browser, place.server, place.workers[0]);
		await tour(page, [['search', '/search']]);
		await page.getByRole('searchbox').fill('门口');
		await expect(page.getByRole('heading', { name: /^会议（/ })).toBeVisible();
		await examine(page, 'search-found');
		await tour(page, [
			['trace-courtyard', `/trace?scope=${courtyard}`],
			['trace-meeting', `/trace?kind=meeting&entity=${meeting}`],
			['trace-account', `/trace?account=${place.workers[0].name}`],
			['trace-unknown', '/trace']
		]);
		await page.goto(`/trace?kind=convention&entity=${unsettled}`);
		await page.getByText('改之前写的').first().click();
		await examine(page, 'trace-before');
		await page.context().close();
	});

	test('of minutes has nothing for axe to find, and fits', async ({ browser }) => {
		const page = await signedIn(browser, place.server, place.workers[0]);
		await tour(page, [
			['minutes-draft', `/meetings/${meeting}/minutes`],
			['minutes-not-signed', `/meetings/${meeting}/sign`],
			['minutes-sign', `/meetings/${ended}/sign`],
			['minutes-filed', `/meetings/${filed}/minutes`]
		]);
		await page.getByRole('complementary').first().scrollIntoViewIfNeeded();
		await examine(page, 'minutes-amended');
		await page.getByText(/^逐条核对/).click();
		await examine(page, 'minutes-records');
		await page.getByRole('button', { name: '记异议或补充' }).click();
		await examine(page, 'minutes-amending');
		await page.keyboard.press('Escape');
		await expect(page.getByRole('dialog')).toBeHidden();
		await page.getByRole('complementary').last().getByRole('button', { name: '答复' }).click();
		await examine(page, 'minutes-answering');
		await page.goto(`/meetings/${ended}/sign`);
		await page.getByRole('button', { name: '签字存档' }).click();
		await expect(page.getByRole('alert')).toContainText('请在框里签名');
		await examine(page, 'minutes-signing');
		await page.context().close();
	});

	test('of what is public has nothing for axe to find, and fits', async ({ browser }) => {
		const home = await signedIn(browser, place.server, resident);
		await tour(home, [
			['home-public', '/home'],
			['public', '/public'],
			['public-announcement', `/public/${published.announcement}`],
			['public-minutes', `/public/${published.minutes}`],
			['public-matter', `/public/${published.matter}`]
		]);
		await home.context().close();
		const page = await signedIn(browser, place.server, place.workers[0]);
		await tour(page, [
			['publish-announcement', `/publish/meeting/${shown.meeting}?about=announcement`],
			['publish-minutes', `/publish/meeting/${shown.meeting}?about=minutes`],
			['publish-matter', `/publish/matter/${shown.matter}`]
		]);
		await page.getByRole('button', { name: '撤下' }).click();
		await expect(page.getByLabel('为什么撤下')).toBeVisible();
		await examine(page, 'publish-take-down');
		await page.context().close();
		const desk = await signedIn(browser, place.server, place.office);
		await tour(desk, [['office-five', '/office/five']]);
		await desk.context().close();
	});

	test('of an office has nothing for axe to find, and fits', async ({ browser }) => {
		const page = await signedIn(browser, place.server, place.office);
		await tour(page, [
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
		await examine(page, 'roster-report');
		await page.context().close();
	});

	test('of a resident has nothing for axe to find, and fits', async ({ browser }) => {
		const page = await signedIn(browser, place.server, resident);
		await tour(page, [
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

	test('before signing in has nothing for axe to find, and fits', async ({ browser }) => {
		const fresh = await startServer();
		const context = await newContext(browser, fresh);
		const page = await context.newPage();
		await page.goto('/');
		await expect(page.getByLabel('账号')).toBeVisible();
		await examine(page, 'login');
		await page.goto(`/setup#${fresh.setupToken}`);
		await expect(page.getByLabel('街道名称')).toBeVisible();
		await examine(page, 'setup');
		for (const [name, path] of [
			['join', '/join#ABCD2345'],
			['password', '/password#no-such-link']
		] as const) {
			await page.goto(path);
			await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
			await examine(page, name);
		}
		await context.close();
		await fresh.remove();
	});

	test('speaks English when asked to, on every page of a worker', async ({ browser }) => {
		const reader = await createAccount(place.server, 'reader', [`worker:${place.grid}`]);
		const page = await signedIn(browser, place.server, reader);
		// What was put on the server is said in Chinese: all that is not a message of the app's.
		const said = await saidOnServer(place);
		await page.goto('/settings');
		await page.getByRole('radio', { name: 'English' }).check();
		await expect(page.locator('html')).toHaveAttribute('lang', 'en');
		const pages = [
			...['/today', '/courtyards', `/courtyards/${courtyard}`, '/sync', '/settings'],
			...['/meetings', '/meetings/new', `/meetings/${meeting}`, `/meetings/${meeting}/take`],
			...[`/meetings/${meeting}/edit`, `/meetings/${ended}/sign`, `/meetings/${filed}/minutes`],
			...['/matters', '/matters/new', `/matters/${shown.matter}`],
			...[`/publish/matter/${shown.matter}`, `/publish/meeting/${shown.meeting}`],
			...['/public', ...Object.values(published).map((entity) => `/public/${entity}`)],
			...[`/trace?kind=meeting&entity=${filed}`, `/trace?kind=matter&entity=${shown.matter}`, '/search']
		];
		for (const path of pages) {
			await page.goto(path);
			await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
			const shownWords = await page.locator('body').innerText();
			const words = said
				.reduce((left, one) => left.replaceAll(one, ''), shownWords)
				.replaceAll(/草厂|第三网格|示例[^\s,]*|前门街道|\d+号/g, '')
				.replaceAll('中文', '');
			expect(words.match(/[\u4e00-\u9fff]+/g) ?? [], path).toEqual([]);
		}
		await page.context().close();
	});
});

/** Begins a convention from a template and writes on one of its clauses, with every screen on the way. */
async function draftConvention(page: Page, courtyard: string): Promise<void> {
	await page.goto(`/conventions/new?at=${courtyard}`);
	await page.getByText('看看范本').click();
	await examine(page, 'convention-new');
	await page.getByRole('button', { name: '建立' }).click();
	await expect(page).toHaveURL(/\/conventions\/[^/]+\.[a-z0-9]{16}$/);
	await page.goto(`${page.url()}/edit`);
	await expect(page.getByRole('heading', { name: '条文（8 条）' })).toBeVisible();
	await examine(page, 'convention-edit');
	await page.getByRole('button', { name: /^第二条/ }).click();
	await expect(page.getByLabel('正文')).toBeFocused();
	await examine(page, 'convention-clause');
	await page.getByRole('button', { name: '上移' }).click();
	await expect(page.getByText('已移到第 1 条，共 8 条')).toBeVisible();
	await expect(page.getByRole('button', { name: '上移' })).toBeFocused();
	await page.getByRole('button', { name: '分成两条' }).click();
	await expect(page.getByRole('dialog')).toBeVisible();
	await examine(page, 'convention-split');
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: '保存', exact: true }).click();
	await expect(page.getByRole('dialog').getByText('挪动 1 条')).toBeVisible();
	await examine(page, 'convention-save');
	await page.keyboard.press('Escape');
}

/** All texts of the records on the server, and their lines, the longest first. */
async function saidOnServer({ server }: Neighbourhood): Promise<readonly string[]> {
	const texts = (await heldOnServer(server)).flatMap(({ body, reason }) => [
		...textsIn(body),
		...(reason === undefined ? [] : [reason])
	]);
	const lines = texts
		.flatMap((text) => [text, ...text.split('\n')])
		.filter((text) => /[\u4e00-\u9fff]/.test(text));
	return [...new Set(lines)].sort((a, b) => b.length - a.length);
}

function textsIn(value: Json): readonly string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** A text that was saved in full, and compared with the one that stands, of which some is in doubt. */
async function readVersions(page: Page, { server }: Neighbourhood, entity: string): Promise<void> {
	const saved = (await heldOnServer(server)).find((one) => one.entity === entity && one.parents.length === 0);
	await tour(page, [
		['version-full', `/conventions/${entity}/versions?at=${saved?.hash}`],
		['versions-compared', `/conventions/${entity}/versions?from=${saved?.hash}&to=now`]
	]);
}

/** The sheet of a household whose votes were recorded on two phones, with the glass to sign on, and that of the count. */
async function voteAndCount(page: Page, entity: string): Promise<void> {
	await page.goto(`/conventions/${entity}/vote`);
	await page.getByRole('button', { name: /两台手机各记了一票/ }).click();
	await expect(page.getByRole('dialog').getByText('请在框里签名。')).toBeVisible();
	await examine(page, 'vote-sheet');
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: '计票，算结果' }).click();
	await expect(page.getByRole('dialog')).toBeVisible();
	await examine(page, 'vote-count');
	await page.keyboard.press('Escape');
}

/** A household would word the first clause differently. */
async function suggest(
	{ server, workers: [by] }: Neighbourhood,
	entity: string,
	household: Scope
): Promise<void> {
	const convention = (await heldOnServer(server)).find((one) => one.entity === entity);
	const [clause] = readConvention(convention?.body ?? {}).clauses;
	const [id = '', topic = ''] = [conventionOf(entity)?.id, clause?.id];
	const said = {
		about: 'clause',
		view: 'suggest',
		words: '按时分类投放，袋子当天拿走。',
		seen: convention?.hash ?? ''
	};
	const opinion = sealed(by, 'opinion', opinionEntity(household, id, topic), household, [], said);
	await put(server, by, [opinion]);
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
