import { expect, test, type Browser, type Page } from '@playwright/test';
import { actEntity } from '#kinds/act.ts';
import { checkInEntity } from '#kinds/check-in.ts';
import { conventionEntity } from '#kinds/convention.ts';
import { addDays, dayAt } from '#kinds/day.ts';
import { entityOfScope, keyedEntity } from '#kinds/kind.ts';
import { matterEntity } from '#kinds/matter.ts';
import { meetingEntity } from '#kinds/meeting.ts';
import { publicationEntity } from '#kinds/publication.ts';
import { databaseOf } from '#records/database-name.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope, type Scope } from '#records/scope.ts';
import { basic, createAccount, startServer, type Login, type TestServer } from '../serve.ts';
import { changeAccount } from '../sync-server/api-request.ts';
import { deskScreen } from './device.ts';
import { councilWith, filedId, openId, ratedId } from './hostile-council.ts';
import { conventionsWith, deliberatedId, doubtfulId } from './hostile-conventions.ts';

/** As short as a name may be, and all that a page could take for HTML: `what` tells where it was put. */
const hostile = (what: string) => `${what}"'><img src=x onerror="ran=1"><script>ran=1</script>`;

const grid = toScope('qianmen/caochang/g3');
const courtyard = toScope(`${grid}/c1`);
const household = toScope(`${courtyard}/h1`);
const today = dayAt(new Date());

/** Every text that a record of any kind may hold, with a script in it. */
function records(author: string): readonly Revision[] {
	const about = (kind: string, scope: Scope, entity: string, body: JsonObject | null, reason?: string) =>
		seal({
			...{ kind, entity, parents: [], scope, author, device: 'desk' },
			...{ at: new Date().toISOString(), body, ...(reason !== undefined && { reason }) }
		});
	const place = (kind: string, scope: Scope, body: JsonObject) =>
		about(kind, scope, entityOfScope(scope), body);
	const yesterday = checkInEntity(household, addDays(today, -1));
	const first = about('check-in', household, yesterday, {
		observed: { quality: 'correct', note: hostile('旧') }
	});
	return [
		place('area', toScope('qianmen'), { name: hostile('街') }),
		place('area', toScope('qianmen/caochang'), { name: hostile('社') }),
		place('area', grid, { name: hostile('格') }),
		place('courtyard', courtyard, { name: hostile('院') }),
		place('household', household, {
			number: hostile('号'),
			door: hostile('门'),
			head: hostile('主'),
			people: 2
		}),
		about('check-in', household, checkInEntity(household, today), {
			observed: { quality: 'correct', note: hostile('记') },
			reported: { quality: 'correct', note: hostile('报') }
		}),
		first,
		seal({ ...first, author, parents: [first.hash], body: null, reason: hostile('撤') }),
		about('act', household, actEntity(household, today, 'aaaaaaaa'), { act: 'meeting', note: hostile('议') }),
		about('points-rule', toScope('qianmen'), 'qianmen.2026-01-01', { sorted: 2 }),
		about('redemption', household, keyedEntity(household, 'bbbbbbbb'), {
			...{ points: 50, day: today, item: hostile('兑') }
		}),
		about('matter', household, keyedEntity(household, 'cccccccc'), {
			text: hostile('事'),
			category: 'other'
		}),
		...conventionsWith(hostile, author, household),
		...councilWith(hostile, author, household, today)
	];
}

const convention = `/conventions/${conventionEntity(courtyard, deliberatedId)}`;
const doubtful = `/conventions/${conventionEntity(courtyard, doubtfulId)}`;

const open = `/meetings/${meetingEntity(courtyard, openId)}`;
const filed = `/meetings/${meetingEntity(courtyard, filedId)}`;
const rated = matterEntity(household, ratedId);
const shownMinutes = `/public/${publicationEntity(courtyard, filedId, 'minutes')}`;
const shownMatter = `/public/${publicationEntity(courtyard, ratedId, 'matter')}`;

const pages: Readonly<Record<string, readonly (readonly [path: string, shows: readonly string[]])[]>> = {
	worker: [
		['/today', ['院']],
		['/courtyards', ['院']],
		[`/courtyards/${courtyard}`, ['院', '门']],
		[`/households/${household}`, ['门', '主']],
		[`/households/${household}?day=${today}`, ['记', '报']],
		[`/households/${household}?day=${addDays(today, -1)}`, ['撤']],
		[`/points/${household}`, ['兑']],
		[`/cards/${household}`, []],
		['/matters', ['事']],
		['/conventions', ['约']],
		[convention, ['约', '序', '条', '因']],
		[`${convention}/edit`, ['条']],
		[`${convention}/opinions`, ['建']],
		[`${convention}/opinions?view=all`, ['建', '愿', '异']],
		[`${convention}/versions`, []],
		[`${convention}/vote`, ['约']],
		[`${convention}/notice`, ['约', '序', '条']],
		[doubtful, ['甲', '乙']],
		[`${doubtful}/doubts`, ['题']],
		['/meetings', ['会']],
		[open, ['会', '处', '邀', '程']],
		[`${open}/take`, ['程']],
		[`${filed}/minutes`, ['客', '说', '举', '决', '补', '答']],
		[`/publish${filed.replace('/meetings', '/meeting')}`, ['说']],
		[`/matters/${rated}`, ['情', '地', '提', '果', '进', '等', '部', '哨', '复', '满']],
		[`/publish/matter/${rated}`, ['果']],
		['/public', ['会']],
		[`/trace?scope=${household}`, ['情', '进', '哨', '满', '补']],
		['/search', []],
		['/settings', []],
		['/sync', []]
	],
	office: [
		['/office', ['社']],
		['/office/check-ins', ['门']],
		['/office/points', ['院']],
		['/office/points/rules', []],
		['/office/roster', []],
		['/office/accounts', ['人']],
		['/office/accounts/log', []],
		['/office/devices', ['机']],
		['/office/devices/handovers', []],
		['/matters', ['事']],
		['/conventions', ['约']],
		[convention, ['约']],
		[`${convention}/opinions`, ['建', '愿', '异']],
		['/office/five', []],
		[`/office/erase/${household}`, ['门']],
		[`/trace?scope=${courtyard}`, ['举', '决']]
	],
	resident: [
		['/home', ['院']],
		['/home/points', ['兑']],
		['/matters', ['事']],
		['/conventions', ['约']],
		[convention, ['约', '序', '条', '因']],
		[`${convention}/opinions`, ['建']],
		[`${convention}/notice`, ['条']],
		[doubtful, ['甲', '乙']],
		['/public', ['会']],
		[shownMinutes, ['程', '说', '举', '决', '办', '管']],
		[shownMatter, ['公', '提', '定', '果']],
		[`/matters/${rated}`, ['情']],
		['/settings', []]
	]
};

test.describe('a script in what people typed', () => {
	let server: TestServer;
	const logins = new Map<string, Login>();

	test.beforeAll(async () => {
		server = await startServer();
		await server.setup();
		const author = server.admin.name;
		for (const [database, docs] of Map.groupBy(records(author), ({ scope }) => databaseOf(scope))) {
			await put(server, `/db/${database}`, {}, [201]);
			const { body } = await put(
				server,
				`/db/${database}/_bulk_docs`,
				{ docs, new_edits: false },
				[201],
				'POST'
			);
			expect(body).toEqual([]);
		}
		logins.set('worker', await createAccount(server, 'li', [`worker:${grid}`]));
		logins.set('office', await createAccount(server, 'ban', ['office:qianmen']));
		logins.set('resident', await createAccount(server, 'home-aaaaaaaaaa', [`resident:${household}`]));
		await changeAccount(server, server.admin, 'li', { display: hostile('人') });
		const device = { id: 'planted', label: hostile('机') };
		await put(server, '/db/_session', { ...logins.get('worker'), device }, [200], 'POST');
	});
	test.afterAll(() => server.remove());

	for (const [role, paths] of Object.entries(pages)) {
		test(`runs on no page of a ${role}, and is shown as it was typed`, async ({ browser }) => {
			const page = await signedIn(browser, server, logins.get(role));
			const blocked: string[] = [];
			page.on('console', (message) => {
				if (/Content.Security.Policy/i.test(message.text())) blocked.push(message.text());
			});
			for (const [path, shows] of paths) {
				await page.goto(path);
				await expect(page.locator('main h1, header h1').first()).toBeVisible();
				for (const what of shows)
					await expect(page.getByText(hostile(what)).filter({ visible: true }).first(), path).toBeVisible();
				expect(await page.locator('img[src="x"]').count(), path).toBe(0);
				expect(await page.evaluate(() => 'ran' in window), path).toBe(false);
			}
			// Not stopped at the last wall: nothing ever came to it.
			expect(blocked).toEqual([]);
			await page.context().close();
		});
	}
});

async function signedIn(browser: Browser, server: TestServer, login: Login | undefined): Promise<Page> {
	const context = await browser.newContext({
		...{ baseURL: server.url.replace('127.0.0.1', 'localhost'), viewport: deskScreen, locale: 'zh-CN' }
	});
	const page = await context.newPage();
	await page.goto('/');
	await page.getByLabel('账号').fill(login?.name ?? '');
	await page.getByLabel('密码').fill(login?.password ?? '');
	await page.getByRole('button', { name: '登录' }).click();
	await expect(page.locator('[data-work="delivered"]')).toBeVisible({ timeout: 60_000 });
	return page;
}

async function put(
	server: TestServer,
	path: string,
	body: object,
	statuses: readonly number[],
	method = 'PUT'
) {
	const response = await fetch(server.url + path, {
		method,
		headers: { ...basic(server.admin), 'Content-Type': 'application/json' },
		body: JSON.stringify(body)
	});
	const answer: unknown = await response.json();
	if (![...statuses, 412].includes(response.status))
		throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
	return { status: response.status, body: answer };
}
