import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccount, startServer, type Login, type TestServer } from '../serve.ts';
import { couchClient, type CouchClient } from './couch-client.ts';
import { checkInRecord, checkInRecords, gridDatabase, gridRole } from './field-records.ts';
import { matching } from './matching.ts';

let server: TestServer;
let admin: CouchClient;
let li: Login;
let worker: CouchClient;

beforeAll(async () => {
	server = await startServer();
	await server.setup();
	admin = couchClient(server, server.admin);
	li = await createAccount(server, 'li', [gridRole]);
	worker = couchClient(server, li);
});
afterAll(() => server.remove());

beforeEach(async () => {
	for (const name of ['shelf', gridDatabase]) {
		await admin.send('DELETE', name);
		await admin.send('PUT', name);
	}
});

const push = (...numbers: number[]) =>
	worker.send('POST', `${gridDatabase}/_bulk_docs`, {
		docs: numbers.map((number) => checkInRecord(number, 'li')),
		new_edits: false
	});

describe('_changes', () => {
	it('gives pages that join to the whole, oldest first or newest first', async () => {
		const records = checkInRecords(25, 'li');
		await worker.send('POST', `${gridDatabase}/_bulk_docs`, { docs: records, new_edits: false });
		const ids: unknown[] = [];
		let since: unknown = 0;
		for (const pending of [15, 5, 0]) {
			const path = `${gridDatabase}/_changes?include_docs=true&limit=10&since=${String(since)}`;
			const { body } = await worker.get(path);
			expect(body).toMatchObject({ pending });
			const page = resultsOf(body);
			ids.push(...page.results.map(({ doc }) => doc));
			since = page.last_seq;
		}
		expect(ids).toHaveLength(25);
		expect(ids).toEqual(expect.arrayContaining([...records]));
		const { body } = await worker.get(`${gridDatabase}/_changes?descending=true&limit=2`);
		expect(resultsOf(body).results.map(({ seq }) => seq)).toEqual([25, 24]);
		expect(resultsOf((await worker.get(`${gridDatabase}/_changes?since=now`)).body).results).toEqual([]);
	});

	it('gives only the documents named, and goes on behind the others', async () => {
		await push(1, 2, 3);
		const { _id } = checkInRecord(2, 'li');
		const path = `${gridDatabase}/_changes?filter=_doc_ids`;
		const { body } = await worker.send('POST', path, { doc_ids: [_id, 'none'] });
		expect(body).toMatchObject({ results: [{ id: _id }], last_seq: 3, pending: 0 });
		const query = `&doc_ids=${encodeURIComponent(JSON.stringify([_id]))}`;
		expect((await worker.get(path + query)).body).toEqual(body);
	});

	it('gives everything to a client that was here with another database, further on', async () => {
		await push(1, 2);
		const { body } = await worker.get(`${gridDatabase}/_changes?since=900`);
		expect(body).toMatchObject({ results: [{}, {}], last_seq: 2 });
	});

	it('answers a longpoll at once when there is something, else when there is', async () => {
		await push(1);
		const path = `${gridDatabase}/_changes?feed=longpoll&since=`;
		expect((await worker.get(`${path}0`)).body).toMatchObject({ results: [{ seq: 1 }], last_seq: 1 });
		const waiting = worker.get(`${path}1&include_docs=true`);
		await push(2);
		expect((await waiting).body).toMatchObject({
			results: [{ seq: 2, doc: checkInRecord(2, 'li') }],
			last_seq: 2
		});
	});

	it('answers a longpoll with nothing when its time is up', async () => {
		await push(1);
		const answer = await worker.get(`${gridDatabase}/_changes?feed=longpoll&since=now&timeout=50`);
		expect(answer).toMatchObject({ status: 200, body: { results: [], last_seq: 1 } });
	});

	it('sends newlines while a longpoll waits, and then the changes', async () => {
		const path = `${gridDatabase}/_changes?feed=longpoll&since=now&heartbeat=100`;
		const response = await worker.raw(path, {});
		let text = '';
		for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
			text += chunk;
			if (text === '\n\n\n') await push(1);
		}
		expect(text).toMatch(/^\n{3,}\{/);
		expect(JSON.parse(text)).toMatchObject({ results: [{ seq: 1 }], last_seq: 1 });
	});

	it('goes on continuously, a line a change, and says at its end where to go on', async () => {
		await push(1, 2);
		const path = `${gridDatabase}/_changes?feed=continuous&style=all_docs&since=0&heartbeat=100&timeout=1000`;
		const response = await worker.raw(path, {});
		let text = '';
		for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
			const before = text;
			text += chunk;
			if (!before.includes('"seq":2') && text.includes('"seq":2')) await push(3);
		}
		const lines = text.split('\n').filter((line) => line !== '');
		expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
			{ seq: 1, changes: [{ rev: matching(/^1-/) }] },
			{ seq: 2 },
			{ seq: 3 },
			{ last_seq: 3, pending: 0 }
		]);
	});

	it('ends a longpoll on a database that is destroyed', async () => {
		const waiting = admin.get('shelf/_changes?feed=longpoll&since=now');
		// Once this is answered the longpoll before it has been taken in.
		await admin.get('shelf');
		await admin.send('DELETE', 'shelf');
		expect(await waiting).toMatchObject({ status: 404, body: { reason: 'Database does not exist.' } });
	});
});

describe('requests that wait', () => {
	const waitFor = (client: CouchClient, feed: string, method = 'GET') =>
		client.raw(`${gridDatabase}/_changes?feed=${feed}&since=now`, { method });

	it('end on a database that is destroyed, and the server goes on', async () => {
		for (const feed of ['continuous', 'longpoll']) {
			await admin.send('PUT', 'doomed');
			const response = await admin.raw(`doomed/_changes?feed=${feed}&heartbeat=100`, {});
			await admin.send('DELETE', 'doomed');
			const text = await response.text().catch(() => 'broken off');
			expect([feed, text]).toEqual([
				feed,
				feed === 'continuous' ? matching(/^\n*\{"last_seq":0,"pending":0\}\n$/) : 'broken off'
			]);
		}
		// A beat of a feed that has ended would come before this one's.
		const other = await admin.raw('shelf/_changes?feed=continuous&heartbeat=300&timeout=700', {});
		expect(await other.text()).toMatch(/^\n+\{"last_seq":0,"pending":0\}\n$/);
		expect(server.output()).not.toContain('ERR_INVALID_STATE');
	});

	it('are as many as an account may have, a real refusal after that, and none for HEAD', async () => {
		for (let count = 0; count < 30; count += 1) {
			expect((await waitFor(worker, 'continuous', 'HEAD')).status).toBe(200);
		}
		const open: Response[] = [];
		for (let count = 0; count < 20; count += 1) {
			open.push(await waitFor(worker, 'longpoll&heartbeat=1000'));
		}
		expect(open.map(({ status }) => status)).toEqual(Array(20).fill(200));
		for (const feed of ['continuous', 'longpoll', 'longpoll&heartbeat=1000']) {
			const refused = await waitFor(worker, feed);
			expect([refused.status, await refused.json()]).toMatchObject([429, { error: 'too_many_requests' }]);
		}
		const ofAdmin = await waitFor(admin, 'longpoll&heartbeat=1000');
		await push(1);
		for (const response of [...open, ofAdmin]) expect(await response.text()).toContain('"seq":1');
		const next = await waitFor(worker, 'longpoll&timeout=1');
		expect([next.status, await next.json()]).toMatchObject([200, { results: [], last_seq: 1 }]);
	});

	it('beat once a minute at least, and never faster than is possible', async () => {
		const response = await waitFor(worker, 'longpoll&heartbeat=9999999999');
		await push(1);
		expect(await response.text()).toMatch(/^\n\{/);
		expect(server.output()).not.toContain('TimeoutOverflowWarning');
	});
});

describe('_db_updates', () => {
	it('tells which databases have changed, to each account its own', async () => {
		const { body: before } = await worker.get('_db_updates');
		expect(before).toMatchObject({
			results: [{ db_name: gridDatabase }],
			last_seq: matching(/^\d+-[0-9a-f]{32}$/)
		});
		const since = String(resultsOf(before).last_seq);
		await push(1);
		await admin.send('PUT', 'shelf/book', {});
		const path = `_db_updates?since=${since}`;
		expect((await worker.get(path)).body).toMatchObject({
			results: [{ db_name: gridDatabase, type: 'updated' }]
		});
		expect((await admin.get(path)).body).toMatchObject({
			results: [
				{ db_name: gridDatabase, type: 'updated' },
				{ db_name: 'shelf', type: 'updated' }
			]
		});
	});

	it('wakes one longpoll for all databases of an account, and not for others', async () => {
		const last = async () => String(resultsOf((await worker.get('_db_updates')).body).last_seq);
		const woken = worker.get(`_db_updates?feed=longpoll&heartbeat=60000&since=${await last()}`);
		await admin.send('PUT', 'shelf/other', {});
		await push(3);
		expect((await woken).body).toMatchObject({ results: [{ db_name: gridDatabase, type: 'updated' }] });
		const quiet = worker.get(`_db_updates?feed=longpoll&timeout=200&since=${await last()}`);
		await admin.send('PUT', 'shelf/another', {});
		expect((await quiet).body).toMatchObject({ results: [] });
	});

	it('says after a restart that all may have changed', async () => {
		await push(1);
		const since = String(resultsOf((await worker.get('_db_updates')).body).last_seq);
		expect((await worker.get(`_db_updates?since=${since}`)).body).toMatchObject({ results: [] });
		await server.kill();
		server = await server.restart();
		admin = couchClient(server, server.admin);
		worker = couchClient(server, li);
		const { body } = await worker.get(`_db_updates?feed=longpoll&since=${since}`);
		expect(body).toMatchObject({ results: [{ db_name: gridDatabase, type: 'updated' }] });
		expect((await worker.get(`${gridDatabase}/_all_docs`)).body).toMatchObject({ total_rows: 1 });
	});
});

interface Feed {
	readonly results: readonly { readonly seq: unknown; readonly doc: unknown }[];
	readonly last_seq: unknown;
}

function resultsOf(body: unknown): Feed {
	if (typeof body !== 'object' || body === null || !('results' in body) || !('last_seq' in body)) {
		throw new TypeError(`not a feed: ${JSON.stringify(body)}`);
	}
	const { results, last_seq } = body;
	if (!Array.isArray(results)) throw new TypeError(`not a feed: ${JSON.stringify(body)}`);
	return {
		last_seq,
		results: results.map((item: object) => ({
			seq: 'seq' in item ? item.seq : undefined,
			doc: 'doc' in item ? item.doc : undefined
		}))
	};
}
