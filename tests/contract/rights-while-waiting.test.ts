import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkInEntity } from '#kinds/check-in.ts';
import { toDay } from '#kinds/day.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { overTheWire, parsedJson } from '../parsed-json.ts';
import { createAccount, sessionCookie, startServer, type Login, type TestServer } from '../serve.ts';
import { couchClient, type CouchClient } from './couch-client.ts';
import { gridDatabase, gridRole } from './field-records.ts';

/* What an account may see ends when its right ends, also for requests that have been waiting since before. */

const home = 'qianmen/caochang/g3/c12/h04';
const neighbours = 'qianmen/caochang/g3/c12/h05';

let server: TestServer;
let admin: CouchClient;
let li: Login;
let worker: CouchClient;
let resident: CouchClient;
let day = 0;

beforeAll(async () => {
	server = await startServer();
	await server.setup();
	admin = couchClient(server, server.admin);
	for (const name of [gridDatabase, 'zg-qianmen', 'zg-qianmen-caochang']) await admin.send('PUT', name);
	li = await createAccount(server, 'li', [gridRole]);
	worker = couchClient(server, li);
	const phone = await createAccount(server, 'home-1', [`resident:${home}`]);
	resident = couchClient(server, phone);
});
afterAll(() => server.remove());
beforeEach(() => change('li', { roles: [gridRole], disabled: false }));

/** Changes a user document. */
async function change(name: string, members: object): Promise<void> {
	const path = `_users/org.couchdb.user:${name}`;
	const { body } = await admin.get(path);
	expect((await admin.send('PUT', path, { ...overTheWire(body), ...members })).status).toBe(201);
}

/** A check-in, and another at every call. */
function checkIn(household: string): Revision {
	const scope = toScope(household);
	day += 1;
	const entity = checkInEntity(scope, toDay(`2026-${String(1 + Math.floor(day / 28)).padStart(2, '0')}-01`));
	const content = { kind: 'check-in', entity, parents: [], scope, author: 'admin', device: `d${day}` };
	return seal({ ...content, at: '2026-11-23T01:02:03.004Z', body: { reported: { quality: 'correct' } } });
}

async function push(...docs: readonly Revision[]): Promise<void> {
	const { body } = await admin.send('POST', `${gridDatabase}/_bulk_docs`, { docs, new_edits: false });
	expect(body).toEqual([]);
}

/** The answer's text once it has ended; the request has been taken in when this returns. */
async function begin(client: CouchClient, path: string): Promise<{ readonly end: Promise<string> }> {
	const response = await client.raw(path, {});
	expect(response.status).toBe(200);
	return { end: response.text() };
}

async function lastSeq(client: CouchClient, path = '_db_updates'): Promise<string> {
	const seq = overTheWire((await client.get(path)).body)['last_seq'];
	return typeof seq === 'number' || typeof seq === 'string' ? String(seq) : '';
}

/** What an answer that does not end has brought up to `wanted`. */
async function readUntil(response: Response, wanted: string): Promise<string> {
	let text = '';
	for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
		text += chunk;
		if (text.includes(wanted)) break;
	}
	return text;
}

describe('a feed that waits', () => {
	const feed = `${gridDatabase}/_changes?since=now&include_docs=true&feed=`;

	it.each([
		['its grant is taken away', { roles: ['worker:qianmen/caochang/g4'] }, 403],
		['its grant has ended', { roles: [`${gridRole}@2026-01-01`] }, 403],
		['its account is disabled', { disabled: true }, 401]
	])('ends when %s', async (_what, members, status) => {
		const plain = worker.get(`${feed}longpoll`);
		const beating = await begin(worker, `${feed}longpoll&heartbeat=60000`);
		const continuous = await begin(worker, `${feed}continuous&heartbeat=60000`);
		await change('li', members);
		expect((await plain).status).toBe(status);
		expect(parsedJson(await beating.end)).toMatchObject({ results: [], pending: 0 });
		expect(await continuous.end).toMatch(/^\{"last_seq":\d+,"pending":0\}\n$/);
		await push(checkIn(home));
		expect((await worker.get(`${gridDatabase}/_changes`)).status).toBe(status);
	});

	it('ends when its session is ended', async () => {
		const headers = { Cookie: await sessionCookie(server, li) };
		const anybody = couchClient(server, undefined);
		const beating = await anybody.raw(`${feed}longpoll&heartbeat=60000`, { headers });
		expect((await anybody.send('DELETE', '_session', undefined, headers)).status).toBe(200);
		expect(parsedJson(await beating.text())).toMatchObject({ results: [] });
	});

	it('goes on with what may still be read when a grant becomes narrower', async () => {
		const feeds = [
			await worker.raw(`${feed}continuous&heartbeat=60000`, {}),
			await worker.raw(`${feed}longpoll&heartbeat=60000`, {})
		];
		await change('li', { roles: ['worker:qianmen/caochang/g3/c12'] });
		const [beside, inside] = [checkIn('qianmen/caochang/g3/c13/h01'), checkIn(home)];
		await push(beside);
		await push(inside);
		for (const response of feeds) {
			const text = await readUntil(response, inside._id);
			expect(text).toContain(inside._id);
			expect(text).not.toContain(beside._id);
		}
	});

	it('of a resident sleeps through what the neighbours write, and goes on behind it', async () => {
		const since = await lastSeq(resident, `${gridDatabase}/_changes`);
		const path = `${gridDatabase}/_changes?feed=longpoll&since=`;
		const waiting = resident.get(`${path}${since}`);
		await push(checkIn(neighbours), checkIn('qianmen/caochang/g3/c13/h01'));
		const own = checkIn(home);
		await push(own);
		expect((await waiting).body).toMatchObject({ results: [{ id: own._id }], pending: 0 });
		await push(checkIn(neighbours));
		const nothing = await resident.get(
			`${path}${await lastSeq(resident, `${gridDatabase}/_changes`)}&timeout=1`
		);
		expect(nothing.body).toMatchObject({ results: [], pending: 0 });
	});
});

describe('_db_updates', () => {
	it('tells a resident of a database when something that may be read was written', async () => {
		const since = await lastSeq(resident);
		await push(checkIn(neighbours));
		expect((await resident.get(`_db_updates?since=${since}`)).body).toMatchObject({ results: [] });
		expect((await worker.get(`_db_updates?since=${since}`)).body).toMatchObject({
			results: [{ db_name: gridDatabase }]
		});
		const waiting = resident.get(`_db_updates?feed=longpoll&since=${since}`);
		await push(checkIn(neighbours));
		await push(checkIn(home));
		expect((await waiting).body).toMatchObject({ results: [{ db_name: gridDatabase, type: 'updated' }] });
	});

	it('says at once which databases a change of roles has opened and closed', async () => {
		const path = `_db_updates?feed=longpoll&since=${await lastSeq(worker)}`;
		const waiting = worker.get(path);
		await worker.get(gridDatabase);
		await change('li', { roles: ['worker:qianmen/caochang/g4'] });
		expect((await waiting).body).toMatchObject({ results: [{ db_name: gridDatabase, type: 'deleted' }] });
		const back = worker.get(path);
		await worker.get('zg-qianmen');
		await change('li', { roles: ['worker:qianmen/caochang/g3/c12'] });
		expect((await back).body).toMatchObject({ results: [{ db_name: gridDatabase, type: 'created' }] });
	});

	it('ends when the account is disabled', async () => {
		const since = await lastSeq(worker);
		const plain = worker.get(`_db_updates?feed=longpoll&since=${since}`);
		const beating = await begin(worker, `_db_updates?feed=longpoll&heartbeat=60000&since=${since}`);
		await change('li', { disabled: true });
		expect((await plain).status).toBe(401);
		expect(parsedJson(await beating.end)).toMatchObject({ results: [] });
	});
});

describe('a record built on another', () => {
	it('is refused to who may not confirm when the other is confirmed', async () => {
		const observed = seal({ ...checkIn(home), body: { observed: { quality: 'mixed' } } });
		const reported = checkIn(home);
		await push(observed, reported);
		for (const [parent, error] of [
			[observed, 'forbidden'],
			[reported, undefined]
		] as const) {
			const { entity, hash } = parent;
			const record = seal({ ...checkIn(home), entity, parents: [hash], author: 'home-1' });
			const answer = await resident.send('PUT', `${gridDatabase}/${record._id}`, record);
			expect(answer).toMatchObject(error ? { status: 403, body: { error } } : { status: 201 });
		}
	});
});
