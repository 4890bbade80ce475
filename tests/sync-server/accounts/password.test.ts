import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { madeAccount } from '#access/accounts-api.ts';
import { createAccount, sessionCookie, startServer, type Login, type TestServer } from '../../serve.ts';
import { ask } from '../api-request.ts';

const worker = 'worker:qianmen/caochang/g3';
let server: TestServer;
let office: Login;
let tries = 0;

beforeAll(async () => {
	server = await startServer({ env: { TRUST_PROXY: '1', LOG_LEVEL: 'trace' } });
	await server.setup();
	office = await createAccount(server, 'office', ['office:qianmen']);
});
afterAll(() => server.remove());

async function linkFor(name: string): Promise<string> {
	const { body } = await ask(server, office, 'POST', 'accounts', { name, roles: [worker] });
	return tokenOf(v.parse(madeAccount, body).link);
}

async function newLinkFor(name: string): Promise<string> {
	const { body } = await ask(server, office, 'POST', `accounts/${name}/link`, {});
	return tokenOf(v.parse(v.object({ link: v.string() }), body).link);
}

function tokenOf(link: string): string {
	return link.split('#')[1] ?? '';
}

/** From an address of its own each time: the limit has a test of its own. */
function send(
	init: RequestInit,
	more: Readonly<Record<string, string>> = {},
	address = `10.0.0.${(tries += 1)}`
): Promise<Response> {
	const headers = { 'Content-Type': 'application/json', 'X-Forwarded-For': address, ...more };
	return fetch(`${server.url}/api/password`, { ...init, headers });
}

async function owner(token: string): Promise<unknown> {
	const response = await send({}, { Authorization: `Bearer ${token}` });
	return response.status === 200 ? await response.json() : response.status;
}

async function open(token: string, password: string): Promise<number> {
	return (await send({ method: 'POST', body: JSON.stringify({ token, password }) })).status;
}

async function nameIn(cookie: string): Promise<unknown> {
	const response = await fetch(`${server.url}/db/_session`, { headers: { Cookie: cookie } });
	return v.parse(v.object({ userCtx: v.object({ name: v.unknown() }) }), await response.json()).userCtx.name;
}

test('the link of a new account sets its password, once', async () => {
	const token = await linkFor('li');
	expect(await owner(token)).toEqual({ name: 'li' });
	expect(await open(token, 'short')).toBe(400);
	expect(await open(token, 'a good password')).toBe(200);
	await sessionCookie(server, { name: 'li', password: 'a good password' });
	expect(await owner(token)).toBe(404);
	expect(await open(token, 'another password')).toBe(404);
	await sessionCookie(server, { name: 'li', password: 'a good password' });
});

test('of several who open a link at the same time one sets the password', async () => {
	const token = await linkFor('wang');
	const passwords = Array.from({ length: 5 }, (_, index) => `a good password ${index}`);
	const statuses = await Promise.all(passwords.map((password) => open(token, password)));
	expect(statuses.toSorted()).toEqual([200, 404, 404, 404, 404]);
	const password = passwords[statuses.indexOf(200)] ?? '';
	await sessionCookie(server, { name: 'wang', password });
});

test('a reset ends the sessions of before, when its link is opened', async () => {
	const login = { name: 'zhao', password: 'a good password' };
	await open(await linkFor('zhao'), login.password);
	const cookie = await sessionCookie(server, login);
	const token = await newLinkFor('zhao');
	expect(await nameIn(cookie)).toBe('zhao');
	await open(token, 'a newer password');
	expect(await nameIn(cookie)).toBeNull();
	await expect(sessionCookie(server, login)).rejects.toThrow('401');
});

test('a later link ends the one before, and so does any new password', async () => {
	const first = await linkFor('qian');
	const second = await newLinkFor('qian');
	expect([await owner(first), await owner(second)]).toEqual([404, { name: 'qian' }]);
	expect(await open(first, 'a good password')).toBe(404);
	const url = `${server.url}/db/_users/org.couchdb.user:qian`;
	const headers = { 'Content-Type': 'application/json', Cookie: await sessionCookie(server, server.admin) };
	const doc = v.parse(v.looseObject({}), await (await fetch(url, { headers })).json());
	expect(JSON.stringify(doc)).not.toContain(second);
	const body = JSON.stringify({ ...doc, password: 'by the admin' });
	expect((await fetch(url, { method: 'PUT', headers, body })).status).toBe(201);
	expect(await open(second, 'a good password')).toBe(404);
});

test('a link expires after three days, and opens nothing for a disabled account', async () => {
	const token = await linkFor('sun');
	const url = `${server.url}/db/_users/org.couchdb.user:sun`;
	const headers = { 'Content-Type': 'application/json', Cookie: await sessionCookie(server, server.admin) };
	const read = async () =>
		v.parse(
			v.looseObject({ link: v.object({ hash: v.string(), expires: v.string() }) }),
			await (await fetch(url, { headers })).json()
		);
	const { link, ...doc } = await read();
	const days = (Date.parse(link.expires) - Date.now()) / 86_400_000;
	expect(Math.round(days * 100) / 100).toBe(3);
	const put = async (fields: object) =>
		expect((await fetch(url, { method: 'PUT', headers, body: JSON.stringify(fields) })).status).toBe(201);
	await put({ ...doc, link, disabled: true });
	expect(await owner(token)).toBe(404);
	expect(await open(token, 'a good password')).toBe(404);
	await put({ ...(await read()), disabled: false });
	expect(await owner(token)).toEqual({ name: 'sun' });
	await put({ ...(await read()), link: { ...link, expires: new Date(Date.now() - 1).toISOString() } });
	expect(await owner(token)).toBe(404);
	expect(await open(token, 'a good password')).toBe(404);
});

test.each(['', 'a', 'x'.repeat(10_000), '../_design/x', 'a b', '_local'])(
	'the token %j opens nothing',
	async (token) => {
		expect(await owner(token)).toBe(404);
		expect(await open(token, 'a good password')).toBe(404);
	}
);

test('ten tries a minute and address', async () => {
	const statuses: number[] = [];
	for (let index = 0; index < 12; index += 1)
		statuses.push((await send({}, { Authorization: `Bearer guess${index}` }, '10.9.9.9')).status);
	expect(statuses).toEqual([...Array<number>(10).fill(404), 429, 429]);
});

test('no log line holds a token or a password', async () => {
	const token = await linkFor('feng');
	expect(await owner(token)).toEqual({ name: 'feng' });
	expect(await open(token, 'brush-ink-stone-paper')).toBe(200);
	await server.printed(/POST.*\/api\/password|\/api\/password.*POST/);
	expect(server.output()).not.toContain(token);
	expect(server.output()).not.toContain('brush-ink-stone-paper');
	expect(await (await fetch(`${server.url}/metrics`)).text()).not.toContain(token);
});
