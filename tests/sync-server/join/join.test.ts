import { readdir, readFile } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codePattern, issuedCard } from '../../../src/access/cards-api.ts';
import { basic, createAccount, startServer, type Login, type TestServer } from '../../serve.ts';
import { addresses, join, makeCard, send, tryToJoin } from './card-client.ts';

const household = 'qianmen/caochang/g3/c12/h04';
const refused = { error: 'not_found', reason: 'This code does not open, or no longer.' };
const cardList = v.object({ cards: v.array(issuedCard) });
let server: TestServer;
let worker: Login;
const elsewhere = addresses();

beforeAll(async () => {
	server = await startServer({ env: { TRUST_PROXY: '1' } });
	await server.setup();
	worker = await createAccount(server, 'worker-zhang', ['worker:qianmen/caochang/g3']);
});
afterAll(() => server.remove());

async function sessionOf(cookie: string): Promise<unknown> {
	return await (await send(server, 'GET', '/db/_session', undefined, { cookie })).json();
}

async function cardsAt(scope: string, as = worker) {
	const response = await send(server, 'GET', `/api/cards?scope=${scope}`, undefined, { as });
	return v.parse(cardList, await response.json()).cards;
}

test('whoever may, issues a card; its code is 8 characters, and nobody is shown it again', async () => {
	const { card, code } = await makeCard(server, worker, household, 3);
	expect(code).toMatch(codePattern);
	expect(card).toMatchObject({ scope: household, by: 'worker-zhang', uses: 3, joined: [] });
	expect(Date.parse(card.expires) - Date.parse(card.at)).toBe(30 * 24 * 3600 * 1000);
	expect(await cardsAt('qianmen/caochang/g3/c12')).toContainEqual(card);
	expect(await cardsAt('qianmen', server.admin)).toContainEqual(card);
	expect(await cardsAt('qianmen/caochang/g3/c13')).toEqual([]);
});

test('a phone that joins is an account of its own with the household’s role, a session and a secret', async () => {
	const { card, code } = await makeCard(server, worker, household, 2);
	const phone = await join(server, `${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `, elsewhere());
	expect(phone.name).toMatch(/^home-[a-z2-9]{10}$/);
	expect(phone.roles).toEqual([`resident:${household}`]);
	expect(phone.secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
	expect(phone.handover.length).toBeGreaterThan(16);
	const userCtx = { name: phone.name, roles: phone.roles };
	expect(await sessionOf(phone.cookie)).toMatchObject({ userCtx, info: { authenticated: 'cookie' } });
	const login = { name: phone.name, password: phone.secret };
	const again = await send(server, 'POST', '/db/_session', login, { from: elsewhere() });
	expect(await again.json()).toMatchObject({ ok: true, ...userCtx });
	const other = await join(server, code, elsewhere());
	expect(other.name).not.toBe(phone.name);
	const listed = (await cardsAt(household)).find(({ id }) => id === card.id);
	expect(listed?.joined).toEqual([phone.name, other.name]);
	expect((await tryToJoin(server, code, elsewhere())).status).toBe(404);
});

test('of twenty phones that join at the same moment by a card for three, exactly three get in', async () => {
	const { card, code } = await makeCard(server, worker, household, 3);
	const answers = await Promise.all(Array.from({ length: 20 }, () => tryToJoin(server, code, elsewhere())));
	const statuses = answers.map(({ status }) => status).sort();
	expect(statuses).toEqual([...Array<number>(3).fill(201), ...Array<number>(17).fill(404)]);
	expect((await cardsAt(household)).find(({ id }) => id === card.id)?.joined).toHaveLength(3);
});

test('a wrong, a malformed, a used up, a revoked and an expired code are answered alike', async () => {
	const used = await makeCard(server, worker, household, 1);
	await join(server, used.code, elsewhere());
	const revoked = await makeCard(server, worker, household, 1);
	await send(server, 'POST', `/api/cards/${revoked.card.id}/revoke`, {}, { as: worker });
	const expired = await makeCard(server, worker, household, 1);
	await rewriteCard(expired.card.id, { expires: '2026-01-01T00:00:00.000Z' });
	for (const code of ['23456789', 'nonsense!', '', used.code, revoked.code, expired.code]) {
		const response = await tryToJoin(server, code, elsewhere());
		expect(response.status).toBe(404);
		expect(await response.json()).toEqual(refused);
		expect(response.headers.getSetCookie()).toEqual([]);
	}
});

test('revoking a card ends its code; with its devices, their accounts and sessions too', async () => {
	const { card, code } = await makeCard(server, worker, household, 3);
	const kept = await join(server, code, elsewhere());
	const path = `/api/cards/${card.id}/revoke`;
	const first = await send(server, 'POST', path, {}, { as: worker });
	expect(await first.json()).toMatchObject({ card: { id: card.id, revoked: { by: 'worker-zhang' } } });
	expect((await tryToJoin(server, code, elsewhere())).status).toBe(404);
	expect(await sessionOf(kept.cookie)).toMatchObject({ userCtx: { name: kept.name } });

	const second = await send(server, 'POST', path, { devices: true }, { as: server.admin });
	expect(await second.json()).toMatchObject({ card: { revoked: { by: 'worker-zhang' } } });
	expect(await sessionOf(kept.cookie)).toMatchObject({ userCtx: { name: null } });
	const login = { name: kept.name, password: kept.secret };
	expect((await send(server, 'POST', '/db/_session', login, { from: elsewhere() })).status).toBe(401);

	// Issued anew for the phone in place of the lost one.
	const anew = await makeCard(server, worker, household, 1);
	expect((await join(server, anew.code, elsewhere())).roles).toEqual([`resident:${household}`]);
});

test('a phone that joins while its card is revoked with its devices does not stay', async () => {
	const { card, code } = await makeCard(server, worker, household, 5);
	const [revoked, ...joins] = await Promise.all([
		send(server, 'POST', `/api/cards/${card.id}/revoke`, { devices: true }, { as: worker }),
		...Array.from({ length: 5 }, () => tryToJoin(server, code, elsewhere()))
	]);
	expect(revoked.status).toBe(200);
	for (const response of joins) {
		const [cookie = ''] = (response.headers.getSetCookie()[0] ?? '').split(';');
		expect(await sessionOf(cookie)).toMatchObject({ userCtx: { name: null } });
	}
});

test('a joined phone whose device is revoked stays out, though it still has its secret', async () => {
	const { code } = await makeCard(server, worker, household, 1);
	const phone = await join(server, code, elsewhere());
	const revoked = await send(server, 'POST', `/api/devices/${phone.name}/phone-1/revoke`, {}, { as: worker });
	expect(revoked.status).toBe(200);
	expect(await sessionOf(phone.cookie)).toMatchObject({ userCtx: { name: null } });
	const login = { name: phone.name, password: phone.secret, device: { id: 'phone-1' } };
	expect((await send(server, 'POST', '/db/_session', login, { from: elsewhere() })).status).toBe(401);
});

test('cards are nobody’s but the offices’ and workers’ of their place', async () => {
	const { card, code } = await makeCard(server, worker, household, 5);
	const resident = await join(server, code, elsewhere());
	const stranger = await createAccount(server, 'stranger', ['worker:qianmen/caochang/g4']);
	const partner = await createAccount(server, 'partner', ['partner:qianmen/caochang/g3']);
	const requests: readonly [string, string, unknown?][] = [
		['GET', `/api/cards?scope=${household}`],
		['POST', '/api/cards', { scope: household, uses: 1 }],
		['POST', `/api/cards/${card.id}/revoke`, {}]
	];
	for (const [method, path, body] of requests) {
		expect((await send(server, method, path, body)).status).toBe(401);
		expect((await send(server, method, path, body, { as: stranger })).status).toBe(403);
		expect((await send(server, method, path, body, { as: partner })).status).toBe(403);
		expect((await send(server, method, path, body, { cookie: resident.cookie })).status).toBe(403);
	}
	for (const as of [worker, partner])
		expect((await send(server, 'GET', '/db/cards/_all_docs', undefined, { as })).status).toBe(403);
	for (const body of [{ scope: 'qianmen/caochang', uses: 1 }, { scope: household, uses: 11 }, '{'])
		expect((await send(server, 'POST', '/api/cards', body, { as: worker })).status).toBe(400);
	expect((await send(server, 'GET', '/api/cards', undefined, { as: worker })).status).toBe(400);
	expect((await send(server, 'POST', `/api/cards/${'0'.repeat(64)}/revoke`, {}, { as: worker })).status).toBe(
		404
	);
	expect((await send(server, 'POST', '/api/join', { code }, { from: elsewhere() })).status).toBe(400);
});

test('nothing the server keeps or logs holds a code or a secret', async () => {
	const fresh = await startServer({ env: { LOG_LEVEL: 'trace' } });
	await fresh.setup();
	const { card, code } = await makeCard(fresh, fresh.admin, household, 1);
	const phone = await join(fresh, code);
	await tryToJoin(fresh, '23456789');
	expect(await fresh.stop()).toBe(0);
	expect(fresh.output()).toContain('/api/join');
	const texts = [fresh.output()];
	for (const entry of await readdir(fresh.dataDir, { recursive: true, withFileTypes: true }))
		if (entry.isFile()) texts.push(await readFile(joinPath(entry.parentPath, entry.name), 'latin1'));
	expect(texts.some((text) => text.includes(card.id))).toBe(true);
	for (const text of texts)
		for (const secret of [code, phone.secret, phone.handover]) expect(text).not.toContain(secret);
	await fresh.remove();
});

test('who guesses waits: ten wrong codes of an address in a minute, and no right one is held against it', async () => {
	const guesser = elsewhere();
	const { code } = await makeCard(server, worker, household, 10);
	for (let phone = 0; phone < 10; phone += 1) await join(server, code, guesser);
	const guesses = Array.from({ length: 12 }, () => tryToJoin(server, '23456789', guesser));
	const statuses = (await Promise.all(guesses)).map(({ status }) => status).sort();
	expect(statuses).toEqual([...Array<number>(10).fill(404), 429, 429]);
	const again = await tryToJoin(server, code, guesser);
	expect(again.status).toBe(429);
	expect(Number(again.headers.get('Retry-After'))).toBeGreaterThan(0);
});

test('no more than six hundred wrong codes an hour, wherever they come from', async () => {
	const fresh = await startServer({ env: { TRUST_PROXY: '1', LOG_LEVEL: 'warn' } });
	await fresh.setup();
	const { code } = await makeCard(fresh, fresh.admin, household, 1);
	const guesses = Array.from({ length: 601 }, () => tryToJoin(fresh, '23456789', elsewhere()));
	const statuses = (await Promise.all(guesses)).map(({ status }) => status);
	expect(statuses.filter((status) => status === 404)).toHaveLength(600);
	expect((await tryToJoin(fresh, code, elsewhere())).status).toBe(429);
	await fresh.remove();
});

/** As an administrator can over CouchDB's own endpoints. */
async function rewriteCard(id: string, fields: object): Promise<void> {
	const url = `${server.url}/db/cards/${id}`;
	const headers = { ...basic(server.admin), 'Content-Type': 'application/json' };
	const doc: unknown = await (await fetch(url, { headers })).json();
	const body = JSON.stringify({ ...v.parse(v.record(v.string(), v.unknown()), doc), ...fields });
	const response = await fetch(url, { method: 'PUT', headers, body });
	expect(response.status).toBe(201);
}
