import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as v from 'valibot';
import { handedOver } from '#access/devices-api.ts';
import { accountServer } from '#sync/account-server.ts';
import { dismissal } from '../../src/sync/dismissal.ts';
import { boundedWire } from '../../src/sync/wire.ts';
import { basic, createAccount, startServer, type Login, type TestServer } from '../serve.ts';
import { MemoryDevice } from './memory-device.ts';
import { MemoryStore } from './memory-store.ts';
import { asAdmin } from './phone.ts';
import { checkIn, checkIns, gridDatabase, webp, workerRole } from './records.ts';

let server: TestServer;
let office: Login;
let accounts = 0;
let login: Login;
let device: MemoryDevice;
let store: MemoryStore;

beforeAll(async () => {
	server = await startServer();
	await server.setup();
	await asAdmin(server, 'PUT', gridDatabase);
	office = await createAccount(server, 'office', ['office:qianmen']);
});
afterAll(() => server.remove());

/** A worker's phone that has just signed in. */
beforeEach(async () => {
	accounts += 1;
	login = await createAccount(server, `li${accounts}`, [workerRole]);
	device = new MemoryDevice(login.name, `phone-${accounts}`);
	store = new MemoryStore(login.name);
	const page = accountServer((path, init) => fetch(`${server.url}${path}`, init));
	const answer = await page.signIn(login.name, login.password, { id: await device.id(), label: '安卓手机' });
	if (answer.outcome !== 'signed-in' || answer.handover === undefined)
		throw new Error(JSON.stringify(answer));
	await device.keepHandover(login.name, { secret: answer.handover, count: 0 });
});

function ask(url = server.url) {
	const wire = { origin: url, fetch: (path: string | Request, init?: RequestInit) => fetch(path, init) };
	const { signal } = new AbortController();
	const now = () => new Date();
	return dismissal({ account: login.name, store, device, wire: boundedWire(wire, signal), now });
}

async function asOffice(method: string, path: string): Promise<unknown> {
	const answer = await fetch(`${server.url}${path}`, { method, headers: basic(office) });
	expect(answer.status, path).toBe(200);
	return await answer.json();
}

async function revoke(): Promise<void> {
	await asOffice('POST', `/api/devices/${login.name}/${await device.id()}/revoke`);
}

async function handovers() {
	const listed = v.object({ handovers: v.array(handedOver) });
	const all = v.parse(listed, await asOffice('GET', '/api/handovers')).handovers;
	return all.filter(({ account }) => account === login.name);
}

test('a device that may stay keeps everything', async () => {
	store.save(checkIns(2, 0, { author: login.name }));
	expect(await ask()).toBeUndefined();
	expect(store.revisions.size).toBe(2);
	expect(await handovers()).toEqual([]);
});

test('revoked, it hands over what waits and what was refused, photos included, and says how many', async () => {
	const photo = webp(accounts);
	const records = [
		...checkIns(3, 0, { author: login.name }),
		checkIn(9, { author: login.name, photos: [photo.hash] })
	];
	store.save(records, [photo]);
	const refused = { id: records[0]?._id ?? '', outcome: 'refused', reason: 'body: no' } as const;
	await store.settle([refused], '2026-11-23T09:00:00.000Z');
	await revoke();
	expect(await ask()).toEqual({ why: 'dismissed', broken: [] });
	expect(store.revisions.size).toBe(0);
	expect(await store.photosWaiting()).toEqual(new Set());
	const ids = records.map(({ _id }) => _id).sort();
	const taken = (await handovers()).map(({ record }) => v.parse(v.object({ _id: v.string() }), record)._id);
	expect(taken.sort()).toEqual(ids);
	expect(await device.handover(login.name)).toMatchObject({ count: 4 });
});

test('what the server will not take is named, and stays', async () => {
	const [good, foreign] = [checkIn(0, { author: login.name }), checkIn(1, { author: 'somebody' })];
	store.save([good, foreign]);
	await revoke();
	const answer = await ask();
	expect(answer).toMatchObject({ why: 'dismissed', broken: [{ revision: { _id: foreign._id } }] });
	expect([...store.revisions.keys()]).toEqual([foreign._id]);
});

test('words about an erased household go nowhere, and what may stay of them is handed over', async () => {
	const photo = webp(accounts);
	const words = checkIn(0, { author: login.name, note: '张三家', photos: [photo.hash] });
	store.save([words], [photo]);
	const household = words.scope;
	const headers = { ...basic(office), 'Content-Type': 'application/json' };
	const url = `${server.url}/api/erasures`;
	const begun = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ household }) });
	expect(begun.status).toBe(202);
	const steps = v.object({ erasures: v.array(v.object({ step: v.string() })) });
	await expect
		.poll(async () => v.parse(steps, await (await fetch(url, { headers })).json()).erasures)
		.toEqual([{ step: 'done' }]);
	await revoke();
	expect(await ask()).toEqual({ why: 'dismissed', broken: [] });
	expect(store.revisions.size).toBe(0);
	expect(await store.photosWaiting()).toEqual(new Set());
	const taken = await handovers();
	expect(taken).toHaveLength(1);
	expect(taken).toMatchObject([{ record: { entity: words.entity, author: login.name } }]);
	expect(JSON.stringify(taken)).not.toContain('张三家');
});

test('an account that is gone is handed over as well', async () => {
	store.save(checkIns(2, 0, { author: login.name }));
	const user = `_users/org.couchdb.user:${login.name}`;
	const doc = v.parse(v.object({ _rev: v.string() }), await asAdmin(server, 'GET', user));
	await asAdmin(server, 'DELETE', `${user}?rev=${doc._rev}`);
	expect(await ask()).toEqual({ why: 'dismissed', broken: [] });
	expect(store.revisions.size).toBe(0);
});

test('with no server, or a secret it does not know, nothing goes', async () => {
	store.save(checkIns(2, 0, { author: login.name }));
	await revoke();
	await expect(ask('http://127.0.0.1:1')).rejects.toMatchObject({ trouble: 'offline' });
	await device.keepHandover(login.name, { secret: 'another', count: 0 });
	await expect(ask()).rejects.toMatchObject({ trouble: 'signed-out' });
	expect(store.revisions.size).toBe(2);
});

test('a tab finds the account gone that another has taken off the device', async () => {
	await device.forgetHandover(login.name);
	expect(await ask()).toBeUndefined();
	await device.depart(login.name, { handedOver: 1, drafts: 0 });
	expect(await ask()).toEqual({ why: 'elsewhere' });
});
