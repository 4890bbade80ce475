import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readAccount } from '../../../sync-server/auth/account.ts';
import { sessionSeconds, signSession } from '../../../sync-server/auth/session-cookie.ts';
import {
	basic,
	createAccount,
	sessionCookie,
	startServer,
	type Login,
	type TestServer
} from '../../serve.ts';

const wrongPassword = { error: 'unauthorized', reason: 'Name or password is incorrect.' };
const sessionBody = v.object({ userCtx: v.object({ name: v.nullable(v.string()) }) });
const storedDevice = v.object({ device: v.string(), session: v.string() });
const anyDoc = v.record(v.string(), v.unknown());
const roles = ['worker:qianmen/caochang/g3'];
let server: TestServer;
let li: Login;

beforeAll(async () => {
	server = await startServer();
	await server.setup();
	li = await createAccount(server, '李_3', roles);
});
afterAll(() => server.remove());

function session(init?: RequestInit): Promise<Response> {
	return fetch(`${server.url}/db/_session`, init);
}

function logIn(login: Login): Promise<Response> {
	return session({
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify(login)
	});
}

async function nameIn(headers: Record<string, string>): Promise<string | null> {
	const body = v.parse(sessionBody, await (await session({ headers })).json());
	return body.userCtx.name;
}

test.each<[string, (login: Login) => RequestInit]>([
	['JSON', (login) => ({ headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(login) })],
	['a form', (login) => ({ body: new URLSearchParams({ ...login }) })]
])('a login by %s gives a session in a cookie that scripts cannot read', async (_form, init) => {
	const response = await session({ method: 'POST', ...init(li) });
	expect(response.status).toBe(200);
	expect(await response.json()).toEqual({ ok: true, name: '李_3', roles });
	const [cookie = ''] = response.headers.getSetCookie();
	expect(cookie).toMatch(
		/^AuthSession=[\w.-]+; Max-Age=1209600; Path=\/; Expires=[^;]+ GMT; HttpOnly; SameSite=Strict$/
	);
	expect(await nameIn({ Cookie: cookie.split(';')[0] ?? '' })).toBe('李_3');
});

test('the session tells who one is and how that is known', async () => {
	const handlers = ['cookie', 'default'];
	expect(await (await session()).json()).toEqual({
		ok: true,
		userCtx: { name: null, roles: [] },
		info: { authentication_handlers: handlers }
	});
	expect(await (await session({ headers: basic(li) })).json()).toEqual({
		ok: true,
		userCtx: { name: '李_3', roles },
		info: { authentication_handlers: handlers, authenticated: 'default' }
	});
	const headers = { Cookie: await sessionCookie(server, li) };
	expect(await (await session({ headers })).json()).toMatchObject({ info: { authenticated: 'cookie' } });
});

test('a wrong name and a wrong password are answered alike', async () => {
	const answers = [
		await logIn({ ...li, password: 'not the password' }),
		await logIn({ name: 'nobody', password: 'not the password' }),
		await session({ method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' }),
		await session({ headers: basic({ ...li, password: 'not the password' }) })
	];
	for (const answer of answers) {
		expect(answer.status).toBe(401);
		expect(await answer.json()).toEqual(wrongPassword);
		expect(answer.headers.getSetCookie()).toEqual([]);
	}
});

test.each([['{"name":'], ['[]'], ['"name"']])('a login with the body %s is a bad request', async (body) => {
	const response = await session({ method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
	expect(response.status).toBe(400);
	expect(await response.json()).toMatchObject({ error: 'bad_request' });
});

test('a login larger than any login is refused', async () => {
	const response = await logIn({ ...li, password: 'x'.repeat(20_000) });
	expect(response.status).toBe(413);
	expect(await response.json()).toMatchObject({ error: 'too_large' });
});

test('logging out takes the cookie away', async () => {
	const response = await session({
		method: 'DELETE',
		headers: { Cookie: await sessionCookie(server, li) }
	});
	expect(await response.json()).toEqual({ ok: true });
	expect(response.headers.getSetCookie()).toEqual([
		'AuthSession=; Max-Age=0; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Strict'
	]);
});

test('a session lasts a fortnight and is renewed while in use', async () => {
	const secret = Buffer.from((await readFile(join(server.dataDir, 'secret'), 'utf8')).trim(), 'hex');
	const account = readAccount(await userDoc(li.name));
	if (!account) throw new Error('no account');
	const now = Math.floor(Date.now() / 1000);
	const device = await deviceOf(await sessionCookie(server, li));
	const aged = (seconds: number) => ({
		Cookie: `AuthSession=${signSession(account, device, now - seconds, secret)}`
	});
	expect(await nameIn(aged(sessionSeconds - 600))).toBe('李_3');
	expect(await nameIn(aged(sessionSeconds + 1))).toBeNull();
	expect((await session({ headers: aged(600) })).headers.getSetCookie()).toEqual([]);
	const [renewed = ''] = (await session({ headers: aged(sessionSeconds / 2) })).headers.getSetCookie();
	expect(renewed).toContain('Max-Age=1209600');
	expect(await nameIn({ Cookie: renewed.split(';')[0] ?? '' })).toBe('李_3');
});

test('a forged cookie is nobody’s', async () => {
	const cookie = await sessionCookie(server, li);
	const [name = '', device = '', issued = '', signature = ''] = cookie.replace('AuthSession=', '').split('.');
	const admin = Buffer.from(server.admin.name).toString('base64url');
	expect(await nameIn({ Cookie: `AuthSession=${name}.${device}.${issued}.${signature}` })).toBe('李_3');
	for (const forged of [
		`${admin}.${device}.${issued}.${signature}`,
		`${name}.another.${issued}.${signature}`,
		`${name}.${device}.zzzzzz.${signature}`,
		`${name}.${device}.${issued}.${'A'.repeat(43)}`,
		`${name}.${device}.${issued}.`,
		`${name}.${issued}.${signature}`,
		'%',
		''
	]) {
		expect(await nameIn({ Cookie: `AuthSession=${forged}` })).toBeNull();
	}
});

test('a new password ends the sessions and the remembered logins of the old one', async () => {
	const wang = await createAccount(server, 'wang', roles);
	const cookie = await sessionCookie(server, wang);
	expect(await nameIn(basic(wang))).toBe('wang');
	await put({ ...(await userDoc('wang')), password: 'a new password' });
	expect(await nameIn({ Cookie: cookie })).toBeNull();
	expect((await session({ headers: basic(wang) })).status).toBe(401);
	expect(await nameIn(basic({ ...wang, password: 'a new password' }))).toBe('wang');
});

test('a disabled account has no session and gets none', async () => {
	const zhao = await createAccount(server, 'zhao', roles);
	const cookie = await sessionCookie(server, zhao);
	expect(await nameIn(basic(zhao))).toBe('zhao');
	await put({ ...(await userDoc('zhao')), disabled: true });
	expect(await nameIn({ Cookie: cookie })).toBeNull();
	expect((await session({ headers: basic(zhao) })).status).toBe(401);
	expect((await logIn(zhao)).status).toBe(401);
});

test('after ten wrong passwords an account waits, the others do not', async () => {
	const sun = await createAccount(server, 'sun', roles);
	const guesses = Array.from({ length: 12 }, (_, guess) => logIn({ ...sun, password: `guess ${guess}` }));
	const statuses = (await Promise.all(guesses)).map(({ status }) => status).sort();
	expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);
	const right = await logIn(sun);
	expect(right.status).toBe(429);
	expect(Number(right.headers.get('Retry-After'))).toBeGreaterThan(0);
	expect(await right.json()).toMatchObject({ error: 'too_many_requests' });
	expect((await logIn(li)).status).toBe(200);
});

/** As the server keeps the device that a cookie names. */
async function deviceOf(cookie: string): Promise<v.InferOutput<typeof storedDevice>> {
	const [, id = ''] = cookie.split('.');
	const path = `/db/devices/${encodeURIComponent(`device:${li.name}:${id}`)}`;
	const response = await fetch(server.url + path, { headers: basic(server.admin) });
	return v.parse(storedDevice, await response.json());
}

async function userDoc(name: string): Promise<Record<string, unknown>> {
	const response = await fetch(userUrl(name), { headers: basic(server.admin) });
	return v.parse(anyDoc, await response.json());
}

async function put(doc: Record<string, unknown>): Promise<void> {
	const response = await fetch(userUrl(String(doc['name'])), {
		method: 'PUT',
		headers: { ...basic(server.admin), 'Content-Type': 'application/json' },
		body: JSON.stringify(doc)
	});
	expect(response.status).toBe(201);
}

function userUrl(name: string): string {
	return `${server.url}/db/_users/${encodeURIComponent(`org.couchdb.user:${name}`)}`;
}

test('names that no account can have are tried a few times, not each anew', async () => {
	const other = await startServer();
	const statuses: number[] = [];
	for (let index = 0; index < 12; index += 1) {
		const headers = basic({ name: '-'.repeat(5_000) + index, password: 'x' });
		statuses.push((await fetch(`${other.url}/db/_session`, { headers })).status);
	}
	expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);
	await other.remove();
});
