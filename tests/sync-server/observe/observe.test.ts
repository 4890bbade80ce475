import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkInEntity } from '#kinds/check-in.ts';
import { toDay } from '#kinds/day.ts';
import { seal } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { basic, createAccount, startServer, type Login, type TestServer } from '../../serve.ts';

const database = 'zg-qianmen-caochang-g3';
const anyLine = v.record(v.string(), v.unknown());
let server: TestServer;
let li: Login;

beforeAll(async () => {
	server = await startServer();
	await server.setup();
	li = await createAccount(server, 'li', ['worker:qianmen/caochang/g3']);
	expect((await send(server.admin, 'PUT', `/db/${database}`)).status).toBe(201);
});
afterAll(() => server.remove());

function send(login: Login, method: string, path: string, body?: object): Promise<Response> {
	return fetch(server.url + path, {
		method,
		headers: { ...basic(login), 'Content-Type': 'application/json' },
		...(body && { body: JSON.stringify(body) })
	});
}

/** The value of a series; 0 when there is none yet. */
async function metric(series: string): Promise<number> {
	const text = await (await fetch(`${server.url}/metrics`)).text();
	const line = text.split('\n').find((candidate) => candidate.startsWith(`${series} `));
	return Number(line?.split(' ').at(-1) ?? 0);
}

/** The lines of the request that was answered so. The answer may be here before the line is. */
async function linesOf(response: Response): Promise<readonly Record<string, unknown>[]> {
	const id = response.headers.get('X-Request-Id') ?? '';
	await server.printed(new RegExp(`${id}.*\\n`));
	const lines = server
		.output()
		.split('\n')
		.filter((line) => line.includes(id));
	return lines.map((line) => v.parse(anyLine, JSON.parse(line)));
}

test.each(['/_up', '/db/_up'])('%s says that the server is up', async (path) => {
	const response = await fetch(server.url + path);
	expect(response.status).toBe(200);
	expect(await response.json()).toEqual({ status: 'ok', seeds: {} });
	expect(response.headers.get('Cache-Control')).toBe('no-store');
});

test('requests are counted by family of routes, not by name', async () => {
	const series = 'zg_http_requests_total{route="/db/{db}/{doc}",method="GET",status="404"}';
	const before = await metric(series);
	for (const name of ['a', 'b', 'c']) await send(li, 'GET', `/db/${database}/${name}`);
	expect(await metric(series)).toBe(before + 3);
	const text = await (await fetch(`${server.url}/metrics`)).text();
	expect(text).not.toContain(database);
	expect(text).toContain('process_cpu_seconds_total');
});

test('records are counted, accepted and refused', async () => {
	const scope = toScope('qianmen/caochang/g3/c12/h04');
	const checkIn = seal({
		kind: 'check-in',
		entity: checkInEntity(scope, toDay('2026-11-23')),
		parents: [],
		scope,
		author: li.name,
		device: 'phone',
		at: '2026-11-23T08:00:00.000Z',
		body: { observed: { quality: 'correct' } }
	});
	const forged = { ...checkIn, device: 'another' };
	const stolen = seal({ ...checkIn, author: 'wang' });
	await send(li, 'POST', `/db/${database}/_bulk_docs`, {
		docs: [checkIn, forged, stolen],
		new_edits: false
	});
	expect(await metric('zg_records_total{outcome="accepted",code=""}')).toBe(1);
	expect(await metric('zg_records_total{outcome="refused",code="hash"}')).toBe(1);
	expect(await metric('zg_records_total{outcome="refused",code="author"}')).toBe(1);
});

test('logins and waits are counted', async () => {
	await send({ ...li, password: 'wrong password' }, 'GET', '/db/_session');
	expect(await metric('zg_logins_total{outcome="refused"}')).toBe(1);
	expect(await metric('zg_logins_total{outcome="welcome"}')).toBeGreaterThan(0);
	expect(await metric('zg_waiting_requests')).toBe(0);
	const waiting = await send(li, 'GET', `/db/${database}/_changes?feed=longpoll&since=now&heartbeat=60000`);
	expect(await metric('zg_waiting_requests')).toBe(1);
	await waiting.body?.cancel();
});

test('each request leaves one line: its path without the query, and no secret', async () => {
	const secret = 'never-to-be-seen';
	const response = await fetch(`${server.url}/db/_session?token=${secret}`, {
		method: 'POST',
		headers: {
			'Content-Type': 'application/json',
			Cookie: `AuthSession=${secret}`,
			Authorization: `Bearer ${secret}`
		},
		body: JSON.stringify({ name: 'li', password: secret })
	});
	expect(response.status).toBe(401);
	expect(await linesOf(response)).toMatchObject([
		{ method: 'POST', path: '/db/_session', status: 401, account: null }
	]);
	expect(server.output()).not.toContain(secret);

	const known = await send(li, 'GET', `/db/${database}`);
	expect(await linesOf(known)).toMatchObject([{ status: 200, account: 'li' }]);
	expect(server.output()).not.toContain(li.password);
});

test('metrics are for this machine alone, or for whoever has the token', async () => {
	const forwarded = await fetch(`${server.url}/metrics`, { headers: { 'X-Forwarded-For': '127.0.0.1' } });
	expect(forwarded.status).toBe(403);

	const token = 'a-token-for-prometheus';
	const guarded = await startServer({ env: { METRICS_TOKEN: token } });
	const statusWith = async (authorization: string) =>
		(await fetch(`${guarded.url}/metrics`, { headers: { Authorization: authorization } })).status;
	expect((await fetch(`${guarded.url}/metrics`)).status).toBe(401);
	expect(await statusWith('Bearer another-token-altogether')).toBe(401);
	expect(await statusWith('Bearer ')).toBe(401);
	expect(await statusWith(`Bearer ${token}`)).toBe(200);
	await guarded.remove();
});

test('answers of the API are compressed, waits are not held back', async () => {
	const docs = Array.from({ length: 50 }, (_, index) => ({ _id: `${index}`, text: '院'.repeat(100) }));
	await send(server.admin, 'PUT', '/db/plain');
	await send(server.admin, 'POST', '/db/plain/_bulk_docs', { docs });
	const all = await send(server.admin, 'GET', '/db/plain/_all_docs?include_docs=true');
	expect(all.headers.get('Content-Encoding')).toBe('gzip');
	expect(await all.json()).toMatchObject({ total_rows: 50 });

	const waiting = await send(
		server.admin,
		'GET',
		'/db/plain/_changes?feed=longpoll&since=now&heartbeat=1000'
	);
	expect(waiting.headers.get('Content-Encoding')).toBeNull();
	const reader = waiting.body?.getReader();
	const beat = await reader?.read();
	expect(new TextDecoder().decode(beat?.value)).toBe('\n');
	await reader?.cancel();
});
