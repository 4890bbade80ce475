import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountLogEntry, madeAccount, managedAccount } from '#access/accounts-api.ts';
import { basic, createAccount, startServer, type Login, type TestServer } from '../../serve.ts';
import { ask, changeAccount, type Answer } from '../api-request.ts';

const listed = v.object({ accounts: v.array(managedAccount) });
const log = v.object({ entries: v.array(accountLogEntry) });
const userDoc = v.looseObject({ _rev: v.string(), log: v.array(accountLogEntry) });
const refusal = v.strictObject({ error: v.string(), reason: v.string() });
const worker = 'worker:qianmen/caochang/g3';

let server: TestServer;
let subdistrict: Login;
let caochang: Login;
let dajiang: Login;
let li: Login;

beforeAll(async () => {
	server = await startServer();
	await server.setup();
	subdistrict = await createAccount(server, 'subdistrict', ['office:qianmen']);
	caochang = await createAccount(server, 'caochang', ['office:qianmen/caochang']);
	dajiang = await createAccount(server, 'dajiang', ['office:qianmen/dajiang']);
	li = await createAccount(server, 'li', [worker]);
	await createAccount(server, 'both', [worker, 'worker:qianmen/dajiang/g1']);
	await createAccount(server, 'home-2345', ['resident:qianmen/caochang/g3/c1/h1']);
	await createAccount(server, 'tablet-2345', ['tablet:qianmen/caochang/g3/c1']);
});
afterAll(() => server.remove());

async function names(login: Login): Promise<readonly string[]> {
	const { body } = await ask(server, login, 'GET', 'accounts');
	return v.parse(listed, body).accounts.map(({ name }) => name);
}

async function make(by: Login, name: string, roles: readonly string[] = [worker]) {
	const answer = await ask(server, by, 'POST', 'accounts', { name, roles });
	expect(answer.status).toBe(201);
	return v.parse(madeAccount, answer.body);
}

function change(by: Login, name: string, fields: object): Promise<Answer> {
	return changeAccount(server, by, name, fields);
}

function docUrl(name: string): string {
	return `${server.url}/db/_users/${encodeURIComponent(`org.couchdb.user:${name}`)}`;
}

async function docOf(name: string): Promise<v.InferOutput<typeof userDoc>> {
	return v.parse(userDoc, await (await fetch(docUrl(name), { headers: basic(server.admin) })).json());
}

async function put(login: Login, doc: Record<string, unknown>): Promise<number> {
	const response = await fetch(docUrl(String(doc['name'])), {
		method: 'PUT',
		headers: { ...basic(login), 'Content-Type': 'application/json' },
		body: JSON.stringify(doc)
	});
	return response.status;
}

test('an office sees those whose every role lies in its places: no admins, no residents, no tablets', async () => {
	expect(await names(caochang)).toEqual(['li']);
	expect(await names(dajiang)).toEqual([]);
	expect(await names(subdistrict)).toEqual(['both', 'caochang', 'dajiang', 'li', 'subdistrict']);
	expect(await names(server.admin)).toEqual(['admin', 'both', 'caochang', 'dajiang', 'li', 'subdistrict']);
});

test('an account without a role is a server admin’s alone', async () => {
	await createAccount(server, 'bare', []);
	expect(await names(subdistrict)).not.toContain('bare');
	expect(await names(server.admin)).toContain('bare');
	expect((await change(subdistrict, 'bare', { roles: [worker] })).status).toBe(403);
	expect((await change(server.admin, 'bare', { roles: [worker] })).status).toBe(200);
});

test('a role that has ended manages nothing', async () => {
	const former = await createAccount(server, 'former', ['office:qianmen@2026-01-01']);
	expect(await names(former)).toEqual([]);
	expect((await change(former, 'li', { disabled: true })).status).toBe(403);
});

test('without a session nothing is told', async () => {
	for (const [method, path] of [
		['GET', 'accounts'],
		['POST', 'accounts'],
		['GET', 'accounts/log'],
		['PATCH', 'accounts/li'],
		['POST', 'accounts/li/link']
	] as const) {
		const body = method === 'GET' ? undefined : {};
		expect(await ask(server, undefined, method, path, body)).toMatchObject({
			status: 401,
			body: { error: 'unauthorized' }
		});
	}
});

test('an office makes an account that has no password yet, and changes what it is for', async () => {
	const { account, link } = await make(caochang, '王芳');
	expect(account).toEqual({
		...{ name: '王芳', roles: [worker], disabled: false, unopened: true },
		rev: (await docOf('王芳'))._rev
	});
	expect(link).toMatch(/^\/password#[\w-]{32}$/);
	const roles = ['worker:qianmen/caochang/g4@2099-12-31', 'partner:qianmen/caochang'];
	expect(await change(caochang, '王芳', { display: '王芳（三网格）', roles })).toMatchObject({
		status: 200,
		body: { account: { name: '王芳', display: '王芳（三网格）', roles, unopened: true } }
	});
	expect(await change(caochang, '王芳', { disabled: true })).toMatchObject({
		body: { account: { disabled: true, display: '王芳（三网格）', roles } }
	});
	expect(await change(caochang, '王芳', { disabled: false })).toMatchObject({
		body: { account: { disabled: false } }
	});
	expect(await ask(server, caochang, 'POST', 'accounts', { name: '王芳', roles })).toMatchObject({
		status: 409,
		body: { error: 'conflict' }
	});
});

test('an account without a password is refused as a wrong password is', async () => {
	await make(caochang, 'unopened');
	for (const password of ['', 'undefined', 'null', 'a good password']) {
		const response = await fetch(`${server.url}/db/_session`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ name: 'unopened', password })
		});
		expect(response.status).toBe(401);
		expect(await response.json()).toEqual({
			error: 'unauthorized',
			reason: 'Name or password is incorrect.'
		});
	}
});

test.each<[string, () => Login, string, string, object, number]>([
	['a worker makes nobody', () => li, 'POST', 'accounts', { name: 'a1', roles: [worker] }, 403],
	['another community', () => dajiang, 'POST', 'accounts', { name: 'a1', roles: [worker] }, 403],
	[
		'half outside',
		() => dajiang,
		'POST',
		'accounts',
		{ name: 'a1', roles: [worker, 'worker:qianmen/dajiang'] },
		403
	],
	[
		'an office by a community',
		() => caochang,
		'POST',
		'accounts',
		{ name: 'a1', roles: ['office:qianmen/caochang'] },
		403
	],
	['an admin by an office', () => subdistrict, 'POST', 'accounts', { name: 'a1', roles: ['_admin'] }, 400],
	[
		'a resident',
		() => subdistrict,
		'POST',
		'accounts',
		{ name: 'a1', roles: ['resident:qianmen/caochang/g3/c1/h1'] },
		403
	],
	['no role', () => subdistrict, 'POST', 'accounts', { name: 'a1', roles: [] }, 400],
	[
		'a name no account can have',
		() => subdistrict,
		'POST',
		'accounts',
		{ name: 'a b', roles: [worker] },
		400
	],
	[
		'a member too many',
		() => subdistrict,
		'POST',
		'accounts',
		{ name: 'a1', roles: [worker], password: 'x' },
		400
	],
	['another community’s account', () => dajiang, 'PATCH', 'accounts/li', { disabled: true }, 403],
	['a role outside', () => caochang, 'PATCH', 'accounts/li', { roles: ['worker:qianmen/dajiang/g1'] }, 403],
	['a role above', () => caochang, 'PATCH', 'accounts/li', { roles: ['worker:qianmen'] }, 403],
	['an account partly outside', () => caochang, 'PATCH', 'accounts/both', { disabled: true }, 403],
	['one’s own roles', () => subdistrict, 'PATCH', 'accounts/subdistrict', { roles: ['office:qianmen'] }, 403],
	['one’s own disabling', () => subdistrict, 'PATCH', 'accounts/subdistrict', { disabled: true }, 403],
	['one’s own above', () => caochang, 'PATCH', 'accounts/caochang', { display: 'x' }, 403],
	['an admin', () => subdistrict, 'PATCH', 'accounts/admin', { disabled: true }, 403],
	['an admin’s link', () => subdistrict, 'POST', 'accounts/admin/link', {}, 403],
	['a resident’s phone', () => subdistrict, 'PATCH', 'accounts/home-2345', { disabled: true }, 403],
	['a tablet’s link', () => subdistrict, 'POST', 'accounts/tablet-2345/link', {}, 403],
	['another community’s link', () => dajiang, 'POST', 'accounts/li/link', {}, 403],
	['nobody', () => subdistrict, 'PATCH', 'accounts/nobody', { disabled: true }, 404],
	['nobody’s link', () => subdistrict, 'POST', 'accounts/nobody/link', {}, 404],
	['a design document', () => subdistrict, 'PATCH', 'accounts/..%2f_design%2fx', { disabled: true }, 404]
])('%s: refused', async (_what, by, method, path, body, status) => {
	const sent = method === 'PATCH' ? { ...body, rev: '1-0' } : body;
	const answer = await ask(server, by(), method, path, sent);
	expect(answer.status).toBe(status);
	expect(v.is(refusal, answer.body)).toBe(true);
	expect((await fetch(docUrl('a1'), { headers: basic(server.admin) })).status).toBe(404);
	expect(await docOf('admin')).not.toHaveProperty('disabled');
});

test('the log tells who did what to whom, newest first, and only of one’s places', async () => {
	await make(caochang, 'zhou');
	await change(caochang, 'zhou', { roles: ['worker:qianmen/caochang'] });
	await change(subdistrict, 'zhou', { display: '小周', disabled: true });
	await ask(server, caochang, 'POST', 'accounts/zhou/link', {});
	const entriesOf = async (login: Login) =>
		v
			.parse(log, (await ask(server, login, 'GET', 'accounts/log')).body)
			.entries.filter(({ account }) => account === 'zhou')
			.map(({ at: _at, ...entry }) => entry);
	const told = [
		{ by: 'caochang', account: 'zhou', deed: 'link' },
		{ by: 'subdistrict', account: 'zhou', deed: 'disabled' },
		{ by: 'subdistrict', account: 'zhou', deed: 'display', after: '小周' },
		{ by: 'caochang', account: 'zhou', deed: 'roles', before: worker, after: 'worker:qianmen/caochang' },
		{ by: 'caochang', account: 'zhou', deed: 'created', after: worker }
	];
	expect(await entriesOf(caochang)).toEqual(told);
	expect(await entriesOf(dajiang)).toEqual([]);
	expect(await entriesOf(li)).toEqual([]);
});

test('what changes an account through CouchDB’s door is in its log, and nobody writes there', async () => {
	const sun = await createAccount(server, 'sun', [worker]);
	const [created] = (await docOf('sun')).log;
	expect(created).toMatchObject({ by: 'admin', account: 'sun', deed: 'created', after: worker });
	expect(await put(sun, { ...(await docOf('sun')), log: [] })).toBe(403);
	expect(await put(sun, { ...(await docOf('sun')), password: 'a newer password' })).toBe(201);
	expect(await put(server.admin, { ...(await docOf('sun')), disabled: true, log: [] })).toBe(201);
	const forged = [{ at: '2026-01-01T00:00:00.000Z', by: 'li', account: 'sun', deed: 'roles' }];
	expect(await put(server.admin, { ...(await docOf('sun')), disabled: false, log: forged })).toBe(201);
	expect((await docOf('sun')).log.map(({ by, deed }) => [by, deed])).toEqual([
		['admin', 'created'],
		['sun', 'password'],
		['admin', 'disabled'],
		['admin', 'enabled']
	]);
});

test('a deleted account leaves its log, also for one made anew under the name', async () => {
	await createAccount(server, 'qian', [worker]);
	const { _rev } = await docOf('qian');
	await fetch(`${docUrl('qian')}?rev=${_rev}`, { method: 'DELETE', headers: basic(server.admin) });
	const deedsOf = async () => {
		const { entries } = v.parse(log, (await ask(server, caochang, 'GET', 'accounts/log')).body);
		return entries.filter(({ account }) => account === 'qian').map(({ deed }) => deed);
	};
	expect(await deedsOf()).toEqual(['deleted', 'created']);
	expect(await names(caochang)).not.toContain('qian');
	await make(caochang, 'qian');
	expect(await deedsOf()).toEqual(['created', 'deleted', 'created']);
});

test('a hundred changes are kept', async () => {
	await make(caochang, 'busy');
	for (let index = 0; index < 105; index += 1) await change(caochang, 'busy', { display: `n${index}` });
	const { log: kept } = await docOf('busy');
	expect(kept).toHaveLength(100);
	expect([kept[0]?.after, kept.at(-1)?.after]).toEqual(['n5', 'n104']);
});

test('a body that is large, no JSON or does not say that it is, is refused', async () => {
	const send = (type: string, body: string) =>
		fetch(`${server.url}/api/accounts`, {
			method: 'POST',
			headers: { ...basic(subdistrict), 'Content-Type': type },
			body
		}).then(({ status }) => status);
	expect(await send('application/json', '{')).toBe(400);
	expect(await send('application/json', '[]')).toBe(400);
	expect(await send('text/plain', '{}')).toBe(415);
	expect(await send('application/json', JSON.stringify({ name: 'x'.repeat(20_000) }))).toBe(413);
});

test('nobody changes an account over another’s change that they have not seen', async () => {
	const { account: seen } = await make(caochang, 'feng', [worker, 'worker:qianmen/caochang/g4']);
	const first = await ask(server, subdistrict, 'PATCH', 'accounts/feng', { roles: [worker], rev: seen.rev });
	expect(first.status).toBe(200);
	const stale = { roles: [worker, 'worker:qianmen/caochang/g4'], rev: seen.rev };
	expect(await ask(server, caochang, 'PATCH', 'accounts/feng', stale)).toMatchObject({
		status: 409,
		body: { error: 'conflict' }
	});
	expect(await ask(server, caochang, 'PATCH', 'accounts/feng', { disabled: true })).toMatchObject({
		status: 400
	});
	expect(await docOf('feng')).toMatchObject({ roles: [worker] });
	const { account: now } = v.parse(v.object({ account: managedAccount }), first.body);
	const second = { ...stale, rev: now.rev };
	expect((await ask(server, caochang, 'PATCH', 'accounts/feng', second)).status).toBe(200);
});

test('a name to show can be taken away again', async () => {
	await make(caochang, 'named');
	await change(caochang, 'named', { display: '小名' });
	expect((await change(caochang, 'named', { roles: [`${worker}@2099-12-31`] })).body).toMatchObject({
		account: { display: '小名' }
	});
	expect((await change(caochang, 'named', { display: '' })).status).toBe(200);
	expect(await docOf('named')).not.toHaveProperty('display');
});

test('a resident’s account with a role of staff besides is its office’s, and keeps what it has by a card', async () => {
	const resident = 'resident:qianmen/caochang/g3/c1/h1';
	await createAccount(server, 'mixed', [resident, worker]);
	await createAccount(server, 'mixed-beyond', [resident, 'worker:qianmen/dajiang/g1']);
	expect(await names(caochang)).toEqual(expect.arrayContaining(['mixed']));
	for (const login of [caochang, dajiang]) expect(await names(login)).not.toContain('mixed-beyond');
	expect(await names(server.admin)).toEqual(expect.arrayContaining(['mixed', 'mixed-beyond']));
	expect((await change(dajiang, 'mixed', { disabled: true })).status).toBe(403);
	expect((await change(li, 'mixed', { disabled: true })).status).toBe(403);
	const other = 'worker:qianmen/caochang/g4';
	expect((await change(caochang, 'mixed', { roles: [other] })).body).toMatchObject({
		account: { roles: [resident, other] }
	});
	expect(
		(await change(caochang, 'mixed', { roles: [other, 'resident:qianmen/caochang/g3/c1/h2'] })).status
	).toBe(403);
});
