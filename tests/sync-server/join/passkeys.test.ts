import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Joined } from '#access/cards-api.ts';
import { passkeySession } from '#access/passkeys-api.ts';
import { basic, createAccount, startServer, type TestServer } from '../../serve.ts';
import { Authenticator } from './authenticator.ts';
import { addresses, join, makeCard, send as sendFrom } from './card-client.ts';

const household = 'qianmen/caochang/g3/c12/h04';
const options = v.object({ challenge: v.string() });
const device = { id: 'phone-1', label: '安卓手机 Chrome' };
let process: TestServer;
/** The same server under a name: passkeys are never bound to an address. */
let server: TestServer;

const elsewhere = addresses();

function send(...[on, method, path, body, sent]: Parameters<typeof sendFrom>) {
	return sendFrom(on, method, path, body, { from: elsewhere(), ...sent });
}

type Phone = Joined & { readonly cookie: string };

beforeAll(async () => {
	process = await startServer({ env: { TRUST_PROXY: '1' } });
	await process.setup();
	server = { ...process, url: `http://localhost:${process.port}` };
});
afterAll(() => process.remove());

async function joinedPhone(): Promise<Phone> {
	const { code } = await makeCard(server, server.admin, household, 1);
	return await join(server, code);
}

async function challengeOf(path: string, cookie?: string): Promise<string> {
	const response = await send(server, 'POST', path, undefined, cookie === undefined ? {} : { cookie });
	expect(response.status).toBe(200);
	return v.parse(options, await response.json()).challenge;
}

async function register(phone: Phone, authenticator: Authenticator, lie: object = {}): Promise<Response> {
	const challenge = await challengeOf('/api/passkeys/options', phone.cookie);
	const response = authenticator.create({ challenge, origin: server.url, rpId: 'localhost', ...lie });
	return await send(server, 'POST', '/api/passkeys', { response, device }, { cookie: phone.cookie });
}

async function logIn(name: string, authenticator: Authenticator, lie: object = {}): Promise<Response> {
	const challenge = await challengeOf('/api/passkeys/login-options');
	const response = authenticator.get({ challenge, origin: server.url, rpId: 'localhost', ...lie }, name);
	return await send(server, 'POST', '/api/passkeys/login', { response, device });
}

function cookieOf(response: Response): string {
	return (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
}

async function nameOf(cookie: string): Promise<unknown> {
	const response = await send(server, 'GET', '/db/_session', undefined, { cookie });
	return v.parse(v.object({ userCtx: v.object({ name: v.unknown() }) }), await response.json()).userCtx.name;
}

async function passwordStatus({ name, secret }: Phone): Promise<number> {
	return (await send(server, 'POST', '/db/_session', { name, password: secret })).status;
}

test('a joined phone’s passkey takes the place of its secret and opens a session when the last one ended', async () => {
	const phone = await joinedPhone();
	const authenticator = new Authenticator();
	expect(await passwordStatus(phone)).toBe(200);
	const made = await register(phone, authenticator);
	expect(made.status).toBe(201);
	expect(v.parse(passkeySession, await made.json())).toMatchObject({ name: phone.name, roles: phone.roles });
	expect(await nameOf(phone.cookie)).toBeNull();
	expect(await nameOf(cookieOf(made))).toBe(phone.name);
	expect(await passwordStatus(phone)).toBe(401);

	const again = await logIn(phone.name, authenticator);
	expect(again.status).toBe(200);
	expect(v.parse(passkeySession, await again.json())).toMatchObject({ name: phone.name, roles: phone.roles });
	expect(await nameOf(cookieOf(again))).toBe(phone.name);
});

test('a new passkey that does not answer what was asked is not kept, and the secret stays', async () => {
	const phone = await joinedPhone();
	const other = await joinedPhone();
	const authenticator = new Authenticator();
	const lies = [
		{ origin: 'http://evil.example' },
		{ rpId: 'evil.example' },
		{ challenge: 'AAAA' },
		{ challenge: await challengeOf('/api/passkeys/options', other.cookie) },
		{ challenge: await challengeOf('/api/passkeys/login-options') }
	];
	for (const lie of lies) expect((await register(phone, authenticator, lie)).status).toBe(400);
	expect(await passwordStatus(phone)).toBe(200);
	expect((await logIn(phone.name, authenticator)).status).toBe(401);
});

test('a passkey opens its own account, for this site, with a fresh challenge, and nothing else', async () => {
	const phone = await joinedPhone();
	const other = await joinedPhone();
	const authenticator = new Authenticator();
	expect((await register(phone, authenticator)).status).toBe(201);
	expect((await register(other, new Authenticator())).status).toBe(201);
	const attempts = [
		logIn(other.name, authenticator),
		logIn('admin', authenticator),
		logIn('nobody', authenticator),
		logIn(phone.name, new Authenticator()),
		logIn(phone.name, authenticator, { origin: 'http://evil.example' }),
		logIn(phone.name, authenticator, { rpId: 'evil.example' }),
		logIn(phone.name, authenticator, { challenge: 'AAAA' })
	];
	for (const response of await Promise.all(attempts)) {
		expect(response.status).toBe(401);
		expect(response.headers.getSetCookie()).toEqual([]);
	}
	const challenge = await challengeOf('/api/passkeys/login-options');
	const response = authenticator.get({ challenge, origin: server.url, rpId: 'localhost' }, phone.name);
	const answers = await Promise.all(
		Array.from({ length: 5 }, () => send(server, 'POST', '/api/passkeys/login', { response, device }))
	);
	expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401]);
});

test('an authenticator that counts never goes back: a copy of it is found out', async () => {
	const phone = await joinedPhone();
	const authenticator = new Authenticator();
	expect((await register(phone, authenticator, { counter: 3 })).status).toBe(201);
	expect((await logIn(phone.name, authenticator, { counter: 4 })).status).toBe(200);
	expect((await logIn(phone.name, authenticator, { counter: 4 })).status).toBe(401);
	expect((await logIn(phone.name, authenticator, { counter: 3 })).status).toBe(401);
	expect((await logIn(phone.name, authenticator, { counter: 7 })).status).toBe(200);
});

test('a phone that was shut out does not come back by its passkey', async () => {
	const { card, code } = await makeCard(server, server.admin, household, 1);
	const phone = await join(server, code);
	const authenticator = new Authenticator();
	expect((await register(phone, authenticator)).status).toBe(201);
	const revoked = { devices: true };
	await send(server, 'POST', `/api/cards/${card.id}/revoke`, revoked, { as: server.admin });
	expect((await logIn(phone.name, authenticator)).status).toBe(401);
});

test('a phone that was revoked does not come back by its passkey, though its account is open', async () => {
	const phone = await joinedPhone();
	const authenticator = new Authenticator();
	await register(phone, authenticator);
	await send(server, 'POST', `/api/devices/${phone.name}/${device.id}/revoke`, {}, { as: server.admin });
	const id = `org.couchdb.user:${phone.name}`;
	const user = await send(server, 'GET', `/db/_users/${id}`, undefined, { as: server.admin });
	const opened = { ...v.parse(v.looseObject({}), await user.json()), disabled: false };
	const put = await send(server, 'PUT', `/db/_users/${id}`, opened, { as: server.admin });
	expect(put.status).toBe(201);
	expect((await logIn(phone.name, authenticator)).status).toBe(401);
});

test('only devices that joined by a card have passkeys', async () => {
	const worker = await createAccount(server, 'worker-zhang', ['worker:qianmen/caochang/g3']);
	expect((await send(server, 'POST', '/api/passkeys/options')).status).toBe(401);
	expect((await send(server, 'POST', '/api/passkeys/options', undefined, { as: worker })).status).toBe(403);
	expect((await send(server, 'POST', '/api/passkeys', {}, { as: worker })).status).toBe(403);
	const { cookie } = await joinedPhone();
	for (const body of ['{', {}, { response: {}, device }])
		expect((await send(server, 'POST', '/api/passkeys', body, { cookie })).status).toBe(400);
	expect((await send(server, 'POST', '/api/passkeys/login', { response: {}, device })).status).toBe(400);
	const byAddress = await fetch(`http://127.0.0.1:${server.port}/api/passkeys/login-options`, {
		method: 'POST',
		headers: basic(server.admin)
	});
	expect(byAddress.status).toBe(400);
});

test('passkeys are asked for so often, and then not for a minute', async () => {
	const fresh = await startServer();
	const asked = Array.from({ length: 61 }, () => sendFrom(fresh, 'POST', '/api/passkeys/login', {}));
	const statuses = (await Promise.all(asked)).map(({ status }) => status).sort();
	expect(statuses).toEqual([...Array<number>(60).fill(400), 429]);
	await fresh.remove();
});
