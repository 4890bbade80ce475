import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, object, string, nullable, array } from 'valibot';
import { couchClient, type CouchClient } from '../contract/couch-client.ts';
import { gridRole } from '../contract/field-records.ts';
import { basic, createAccount, sessionCookie, startServer, type Login, type TestServer } from '../serve.ts';

let server: TestServer;
let admin: CouchClient;
let worker: Login;

beforeAll(async () => {
	server = await startServer({ env: { TRUST_PROXY: '1' } });
	await server.setup();
	admin = couchClient(server, server.admin);
	worker = await createAccount(server, 'li', [gridRole]);
});
afterAll(() => server.remove());

const json = { 'Content-Type': 'application/json' };

function logIn(login: object, headers: Record<string, string> = {}): Promise<Response> {
	return fetch(`${server.url}/db/_session`, {
		method: 'POST',
		headers: { ...json, ...headers },
		body: JSON.stringify(login)
	});
}

const session = object({ userCtx: object({ name: nullable(string()), roles: array(string()) }) });

/** Whose session the server takes a cookie for. */
async function bearerOf(cookie: string): Promise<string | null> {
	const response = await fetch(`${server.url}/db/_session`, { headers: { Cookie: cookie } });
	return parse(session, await response.json()).userCtx.name;
}

/** From another address each time, as the trusted proxy tells. */
const from = (address: string) => ({ 'X-Forwarded-For': address });

describe('guessing', () => {
	it('a password: an account is closed to an address after ten failures, and says for how long', async () => {
		const wrong = { name: 'li', password: 'wrong' };
		const statuses: number[] = [];
		for (let tries = 0; tries < 12; tries += 1) statuses.push((await logIn(wrong, from('10.1.0.1'))).status);
		expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);
		const closed = await logIn(worker, from('10.1.0.1'));
		expect([closed.status, Number(closed.headers.get('Retry-After')) > 0]).toEqual([429, true]);
		expect((await logIn(worker, from('10.1.0.2'))).status).toBe(200);
	});

	it('a set-up link: ten tries a minute and address', async () => {
		const statuses: number[] = [];
		for (let tries = 0; tries < 12; tries += 1) {
			const headers = { ...from('10.1.0.3'), Authorization: `Bearer guess-${tries}` };
			statuses.push((await fetch(`${server.url}/api/setup`, { headers })).status);
		}
		expect(statuses).toEqual([...Array<number>(10).fill(404), 429, 429]);
	});

	it('a card’s code: ten tries a minute and address, all answered alike', async () => {
		const answers = new Set<string>();
		const statuses: number[] = [];
		for (let tries = 0; tries < 12; tries += 1) {
			const response = await fetch(`${server.url}/api/join`, {
				method: 'POST',
				headers: { ...json, ...from('10.1.0.4') },
				body: JSON.stringify({ code: `AAAAAA${20 + tries}`, device: { id: 'guesser' } })
			});
			statuses.push(response.status);
			if (response.status === 404) answers.add(await response.text());
		}
		expect(statuses).toEqual([...Array<number>(10).fill(404), 429, 429]);
		expect(answers.size).toBe(1);
	});
});

describe('a session', () => {
	it('is not fixed by a cookie that someone planted before the login', async () => {
		const planted = await sessionCookie(server, await createAccount(server, 'mallory', [gridRole]));
		const response = await logIn(worker, { Cookie: planted });
		const [given = ''] = (response.headers.getSetCookie()[0] ?? '').split(';');
		expect(given).not.toBe(planted);
		expect([await bearerOf(given), await bearerOf(planted)]).toEqual(['li', 'mallory']);
		const chosen = await logIn(worker, { Cookie: 'AuthSession=chosen-by-someone-else' });
		expect(chosen.headers.getSetCookie()[0]).not.toContain('chosen');
	});

	it('goes to no script, to no other site, and over HTTPS only where there is HTTPS', async () => {
		const cookieOf = async (proto: string) =>
			(await logIn(worker, { ...from('10.2.0.1'), 'X-Forwarded-Proto': proto })).headers.getSetCookie()[0];
		expect(await cookieOf('https')).toMatch(/; *HttpOnly.*; *Secure.*; *SameSite=Strict/i);
		expect(await cookieOf('http')).not.toMatch(/; *Secure/i);
	});

	it('is not made up: no changed, shortened or borrowed part of a cookie passes', async () => {
		const [, value = ''] = (await sessionCookie(server, worker)).split('=');
		const parts = value.split('.');
		const admins = (await sessionCookie(server, server.admin)).split('=')[1]?.split('.') ?? [];
		const forged = [
			...parts.map((_, at) => parts.with(at, admins[at] ?? '')),
			...parts.map((_, at) => parts.with(at, '')),
			...parts.map((_, at) => parts.toSpliced(at, 1)),
			parts.with(0, Buffer.from('admin').toString('base64url')),
			[...parts, 'x']
		].map((changed) => changed.join('.'));
		for (const cookie of forged.filter((changed) => changed !== value && changed !== admins.join('.')))
			expect(await bearerOf(`AuthSession=${cookie}`), cookie).toBeNull();
		expect(await bearerOf(`AuthSession=${value}`)).toBe('li');
	});

	it('is not replayed after signing out, after a new password, nor once the account is disabled', async () => {
		const one = await createAccount(server, 'zhao', [gridRole]);
		const signedOut = await sessionCookie(server, one);
		await fetch(`${server.url}/db/_session`, { method: 'DELETE', headers: { Cookie: signedOut } });
		expect(await bearerOf(signedOut)).toBeNull();

		const before = await sessionCookie(server, one);
		expect(await bearerOf(before)).toBe('zhao');
		await change('zhao', { password: 'another long password' });
		expect(await bearerOf(before)).toBeNull();

		const after = await sessionCookie(server, { ...one, password: 'another long password' });
		await change('zhao', { disabled: true });
		expect(await bearerOf(after)).toBeNull();
	});
});

describe('another site', () => {
	it.each([
		['by Fetch Metadata', { 'Sec-Fetch-Site': 'cross-site' }],
		['by its origin', { Origin: 'https://elsewhere.example' }],
		['without an origin', { Origin: 'null' }],
		['as a neighbour', { 'Sec-Fetch-Site': 'same-site' }]
	])('makes a browser write nothing, told %s', async (_how, headers: Record<string, string>) => {
		for (const [path, type] of [
			['/db/zg-qianmen', 'text/plain'],
			['/db/_session', 'application/x-www-form-urlencoded'],
			['/api/setup', 'text/plain'],
			['/api/accounts', 'text/plain'],
			['/api/join', 'text/plain']
		] as const) {
			const response = await fetch(server.url + path, {
				method: path.startsWith('/db/zg') ? 'PUT' : 'POST',
				headers: { ...basic(server.admin), 'Content-Type': type, ...headers },
				body: '{}'
			});
			expect([path, response.status]).toEqual([path, 403]);
		}
		expect((await admin.get('zg-qianmen')).status).toBe(404);
	});
});

/** As an administrator would through CouchDB's API. */
async function change(name: string, fields: object): Promise<void> {
	const path = `_users/org.couchdb.user:${name}`;
	const { body } = await admin.get(path);
	if (typeof body !== 'object' || body === null) throw new Error(`no account ${name}`);
	expect((await admin.send('PUT', path, { ...body, ...fields })).status).toBe(201);
}
