import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { knownDevice } from '#access/devices-api.ts';
import {
	basic,
	createAccount,
	sessionCookie,
	startServer,
	type Login,
	type TestServer
} from '../../serve.ts';
import { ask, changeAccount } from '../api-request.ts';
import { signInOn } from './signed-in-device.ts';

const listed = v.object({ devices: v.array(knownDevice) });
const stored = v.looseObject({
	_id: v.string(),
	_rev: v.string(),
	session: v.string(),
	lastContact: v.string()
});
const worker = 'worker:qianmen/caochang/g3';
const household = 'resident:qianmen/caochang/g3/c1/h1';

let server: TestServer;
let caochang: Login;
let dajiang: Login;
let li: Login;
let home: Login;

beforeAll(async () => {
	server = await startServer({ env: { LOG_LEVEL: 'trace' } });
	await server.setup();
	caochang = await createAccount(server, 'caochang', ['office:qianmen/caochang']);
	dajiang = await createAccount(server, 'dajiang', ['office:qianmen/dajiang']);
	li = await createAccount(server, 'li', [worker]);
	home = await createAccount(server, 'home-2345', [household]);
});
afterAll(() => server.remove());

async function devicesOf(
	login: Login,
	account?: string
): Promise<readonly v.InferOutput<typeof knownDevice>[]> {
	const { body } = await ask(server, login, 'GET', 'devices');
	const { devices } = v.parse(listed, body);
	return devices.filter((device) => account === undefined || device.account === account);
}

function revoke(by: Login, account: string, device: string) {
	return ask(server, by, 'POST', `devices/${account}/${device}/revoke`, {});
}

async function docOf(account: string, device: string): Promise<v.InferOutput<typeof stored>> {
	const path = `/db/devices/device:${account}:${device}`;
	return v.parse(stored, await (await fetch(server.url + path, { headers: basic(server.admin) })).json());
}

async function put(doc: v.InferOutput<typeof stored>): Promise<void> {
	const response = await fetch(`${server.url}/db/devices/${doc._id}`, {
		method: 'PUT',
		headers: { ...basic(server.admin), 'Content-Type': 'application/json' },
		body: JSON.stringify(doc)
	});
	expect(response.status).toBe(201);
}

test('a login names its device, or is known by its User-Agent and gets no secret', async () => {
	const wang = await createAccount(server, 'wang', [worker]);
	await signInOn(server, wang, { id: 'phone-1', label: '安卓手机 Chrome' });
	const send = (agent: string) =>
		fetch(`${server.url}/db/_session`, {
			method: 'POST',
			headers: { 'User-Agent': agent },
			body: new URLSearchParams({ ...wang })
		});
	expect(await (await send('Old Reader/1.0')).json()).toEqual({ ok: true, name: 'wang', roles: [worker] });
	await send('Old Reader/1.0');
	await send('Other Reader/2.0');
	const labels = (await devicesOf(wang)).map(({ label, device }) => `${device.slice(0, 6)} ${label}`);
	expect(labels.toSorted()).toEqual([
		'agent- Old Reader/1.0',
		'agent- Other Reader/2.0',
		'phone- 安卓手机 Chrome'
	]);
});

test.each([
	{ id: 'a b' },
	{ id: '' },
	{ id: 'x'.repeat(65) },
	{ id: 'a.b' },
	{ id: 'a:b' },
	{},
	'phone',
	{ id: 'a', label: 'b\nc' }
])('a login on the device %j is a bad request', async (device) => {
	const response = await fetch(`${server.url}/db/_session`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ ...li, device })
	});
	expect(response.status).toBe(400);
	expect(response.headers.getSetCookie()).toEqual([]);
});

test('the list shows one’s own devices, and to offices and workers those of their places', async () => {
	await signInOn(server, li, { id: 'li-phone' });
	await signInOn(server, home, { id: 'home-phone' });
	await signInOn(server, caochang, { id: 'desk' });
	const seenBy = async (login: Login) => new Set((await devicesOf(login)).map(({ account }) => account));
	expect(await seenBy(home)).toEqual(new Set(['home-2345']));
	expect(await seenBy(dajiang)).toEqual(new Set());
	const li2 = await seenBy(li);
	expect(li2).toEqual(new Set(['li', 'home-2345']));
	const office = await seenBy(caochang);
	expect([office.has('li'), office.has('home-2345'), office.has('caochang'), office.has('admin')]).toEqual([
		true,
		true,
		true,
		false
	]);
	expect(await ask(server, undefined, 'GET', 'devices')).toMatchObject({ status: 401 });
});

test('the list says what each account is for, to those whose places it is in', async () => {
	const zhao = await createAccount(server, 'zhao', [worker]);
	await changeAccount(server, caochang, 'zhao', { display: '示例赵' });
	await signInOn(server, zhao, { id: 'zhao-phone' });
	await signInOn(server, home, { id: 'home-tells' });
	expect(await devicesOf(caochang, 'zhao')).toMatchObject([{ roles: [worker], display: '示例赵' }]);
	expect(await devicesOf(caochang, 'home-2345')).toContainEqual(
		expect.objectContaining({ device: 'home-tells', roles: [household] })
	);
});

test('an account whose name is no Latin one has its devices listed, too', async () => {
	const chen = await createAccount(server, '示例人', [worker]);
	await signInOn(server, chen, { id: 'p1' });
	expect(await devicesOf(caochang, '示例人')).toMatchObject([{ account: '示例人', device: 'p1' }]);
});

test('revoking a device ends its sessions, at once and for good, and those of no other', async () => {
	const lost = await signInOn(server, li, { id: 'lost' });
	const other = await signInOn(server, li, { id: 'other' });
	const feed = fetch(`${server.url}/db/_db_updates?feed=longpoll&since=now&timeout=60000`, {
		headers: { Cookie: lost.cookie }
	});
	expect([await lost.bearer(), await other.bearer()]).toEqual(['li', 'li']);
	expect(await revoke(caochang, 'li', 'lost')).toEqual({ status: 200, body: { ok: true } });
	expect([await lost.bearer(), await other.bearer()]).toEqual([null, 'li']);
	expect((await devicesOf(li)).find(({ device }) => device === 'lost')).toMatchObject({
		revoked: { by: 'caochang' }
	});
	expect(await lost.ask('GET', 'device')).toEqual({ status: 200, body: { standing: 'revoked', erased: [] } });
	const again = await signInOn(server, li, { id: 'lost' });
	expect([await lost.bearer(), await again.bearer()]).toEqual([null, 'li']);
	expect(await again.ask('GET', 'device')).toEqual({ status: 200, body: { standing: 'active', erased: [] } });
	await fetch(`${server.url}/db/zg-qianmen-caochang-g3`, { method: 'PUT', headers: basic(server.admin) });
	const answer = await feed;
	expect(JSON.stringify(await answer.json())).not.toContain('g3');
});

test('a device is revoked by its own account from another, and by whoever keeps the account', async () => {
	const phone = await signInOn(server, li, { id: 'p1' });
	await signInOn(server, home, { id: 'h1' });
	await signInOn(server, server.admin, { id: 'a1' });
	const own = await fetch(`${server.url}/api/devices/li/p1/revoke`, {
		method: 'POST',
		headers: { Cookie: phone.cookie }
	});
	expect(own.status).toBe(400);
	const statuses = [
		await revoke(dajiang, 'li', 'p1'),
		await revoke(home, 'li', 'p1'),
		await revoke(dajiang, 'home-2345', 'h1'),
		await revoke(caochang, 'admin', 'a1'),
		await revoke(caochang, 'li', 'none'),
		await revoke(caochang, 'nobody', 'p1'),
		await revoke(li, 'li', 'p1'),
		await revoke(li, 'home-2345', 'h1')
	].map(({ status }) => status);
	expect(statuses).toEqual([403, 403, 403, 403, 404, 404, 200, 200]);
	// A phone that joined is shut out with its account, on all that it may be known as.
	expect(await devicesOf(caochang, 'home-2345')).toContainEqual(
		expect.objectContaining({ device: 'h1', closed: true })
	);
	expect((await ask(server, undefined, 'POST', 'devices/li/p1/revoke', {})).status).toBe(401);
});

test('signing out ends every copy of the cookie and keeps the device, its secret too', async () => {
	const phone = await signInOn(server, li, { id: 'p2', label: '手机' });
	await fetch(`${server.url}/db/_session`, { method: 'DELETE', headers: { Cookie: phone.cookie } });
	expect(await phone.bearer()).toBeNull();
	expect(await docOf('li', 'p2')).toMatchObject({ label: '手机', signedOut: /^20/ });
	expect(await phone.ask('GET', 'device')).toEqual({ status: 200, body: { standing: 'active', erased: [] } });
});

test('a device stands closed once its account is disabled or deleted', async () => {
	const sun = await createAccount(server, 'sun', [worker]);
	const phone = await signInOn(server, sun, { id: 's1' });
	await changeAccount(server, caochang, 'sun', { disabled: true });
	expect((await phone.ask('GET', 'device')).body).toEqual({ standing: 'closed', erased: [] });
	await changeAccount(server, caochang, 'sun', { disabled: false });
	expect((await phone.ask('GET', 'device')).body).toEqual({ standing: 'active', erased: [] });
	const url = `${server.url}/db/_users/org.couchdb.user:sun`;
	const { _rev } = v.parse(
		v.looseObject({ _rev: v.string() }),
		await (await fetch(url, { headers: basic(server.admin) })).json()
	);
	await fetch(`${url}?rev=${_rev}`, { method: 'DELETE', headers: basic(server.admin) });
	expect((await phone.ask('GET', 'device')).body).toEqual({ standing: 'closed', erased: [] });
	expect((await devicesOf(caochang, 'sun')).map(({ device }) => device)).toEqual(['s1']);
	expect((await revoke(caochang, 'sun', 's1')).status).toBe(200);
});

test('a contact is written down after ten minutes, not at each request', async () => {
	const phone = await signInOn(server, li, { id: 'p3' });
	const first = await docOf('li', 'p3');
	await phone.bearer();
	expect((await docOf('li', 'p3'))._rev).toBe(first._rev);
	const before = new Date(Date.now() - 11 * 60_000).toISOString();
	await put({ ...first, lastContact: before });
	await Promise.all(Array.from({ length: 8 }, () => phone.bearer()));
	const after = await docOf('li', 'p3');
	expect(after.lastContact > before).toBe(true);
	expect(Number.parseInt(after._rev, 10)).toBe(Number.parseInt(first._rev, 10) + 2);
});

test('a device that nobody signed in on has no session, whoever signed its cookie', async () => {
	const phone = await signInOn(server, li, { id: 'p4' });
	const doc = await docOf('li', 'p4');
	expect(await phone.bearer()).toBe('li');
	await put({ ...doc, _deleted: true });
	expect(await phone.bearer()).toBeNull();
});

test('an account keeps its hundred latest devices', async () => {
	const many = await createAccount(server, 'many', [worker]);
	for (let index = 0; index < 103; index += 1) await signInOn(server, many, { id: `d${index}` });
	const kept = new Set((await devicesOf(many, 'many')).map(({ device }) => device));
	expect([kept.size, kept.has('d0'), kept.has('d102')]).toEqual([100, false, true]);
});

test('the database of devices is for server admins alone, and holds no secret; nor does the log', async () => {
	const phone = await signInOn(server, li, { id: 'p5' });
	await phone.ask('GET', 'device');
	for (const login of [li, caochang]) {
		const response = await fetch(`${server.url}/db/devices/_all_docs`, { headers: basic(login) });
		expect(response.status).toBe(403);
	}
	const all = await fetch(`${server.url}/db/devices/_all_docs?include_docs=true`, {
		headers: basic(server.admin)
	});
	const text = await all.text();
	expect(text).toContain('li:p5');
	expect(text).not.toContain(phone.secret);
	expect((await fetch(`${server.url}/api/devices`, { headers: basic(li) })).status).toBe(200);
	await server.printed(/"GET","path":"\/api\/devices"/);
	expect(server.output()).not.toContain(phone.secret);
	expect(server.output()).not.toContain(phone.authorization.replace('Device ', ''));
	expect(server.output()).not.toContain(phone.cookie.split('.').at(-1));
});

test('the cookie of a login is the server’s own, whatever cookie came with it', async () => {
	const planted = await sessionCookie(server, li);
	const response = await fetch(`${server.url}/db/_session`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', Cookie: planted },
		body: JSON.stringify({ ...caochang, device: { id: 'p6' } })
	});
	const [cookie = ''] = response.headers.getSetCookie();
	const [name = '', device = ''] = cookie.replace('AuthSession=', '').split('.');
	expect([Buffer.from(name, 'base64url').toString(), device]).toEqual(['caochang', 'p6']);
});

test('a device that was revoked and signs in anew is listed as one that came back', async () => {
	const qian = await createAccount(server, 'qian', [worker]);
	await signInOn(server, qian, { id: 'found' });
	await revoke(caochang, 'qian', 'found');
	await signInOn(server, qian, { id: 'found' });
	await signInOn(server, qian, { id: 'found' });
	const [listedAgain] = await devicesOf(caochang, 'qian');
	expect(listedAgain).toMatchObject({ device: 'found', revokedBefore: { by: 'caochang' } });
	expect(listedAgain).not.toHaveProperty('revoked');
});

test('a device of a resident that was revoked is not let in again, another one is', async () => {
	const second = await createAccount(server, 'home-9876', [household]);
	await signInOn(server, second, { id: 'old' });
	const own = await signInOn(server, second, { id: 'new' });
	const path = `${server.url}/api/devices/home-9876/old/revoke`;
	expect((await fetch(path, { method: 'POST', headers: { Cookie: own.cookie } })).status).toBe(200);
	const signIn = (id: string) =>
		fetch(`${server.url}/db/_session`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ ...second, device: { id } })
		});
	expect((await signIn('old')).status).toBe(401);
	expect((await signIn('new')).status).toBe(200);
	const old = (await devicesOf(caochang, 'home-9876')).find(({ device }) => device === 'old');
	expect(old).toMatchObject({ revoked: { by: 'home-9876' } });
});
