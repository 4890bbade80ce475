import { afterAll, beforeAll, expect, test } from 'vitest';
import * as v from 'valibot';
import { couchClient, type CouchClient } from '../../contract/couch-client.ts';
import { basic, startServer, type TestServer } from '../../serve.ts';

const change = v.object({ seq: v.number(), id: v.string() });
const feed = v.object({ results: v.array(change), last_seq: v.number(), pending: v.number() });
const list = v.object({
	total_rows: v.number(),
	offset: v.number(),
	rows: v.array(v.object({ id: v.string() }))
});

/** More than two pieces, the last one begun. */
const count = 1_201;
const idOf = (number: number) => `doc-${`${number}`.padStart(4, '0')}`;

let server: TestServer;
let admin: CouchClient;

beforeAll(async () => {
	server = await startServer();
	await server.setup();
	admin = couchClient(server, server.admin);
	await admin.send('PUT', 'long');
	const docs = Array.from({ length: count }, (_, number) => ({ _id: idOf(number), number }));
	expect((await admin.send('POST', 'long/_bulk_docs', { docs })).status).toBe(201);
	const gone = await rev(idOf(499));
	expect((await admin.send('DELETE', `long/${idOf(499)}?rev=${gone}`)).status).toBe(200);
	expect((await admin.send('PUT', `long/${idOf(7)}`, { number: 7, _rev: await rev(idOf(7)) })).status).toBe(
		201
	);
});
afterAll(() => server.remove());

async function rev(id: string): Promise<string> {
	return v.parse(v.object({ _rev: v.string() }), (await admin.send('GET', `long/${id}`)).body)._rev;
}

async function changes(query: string) {
	return v.parse(feed, (await admin.send('GET', `long/_changes?${query}`)).body);
}

async function rows(query: string) {
	return v.parse(list, (await admin.send('GET', `long/_all_docs?${query}`)).body);
}

test('a long feed is what its pages are, one after the other', async () => {
	const paged = [];
	let since = 0;
	for (let pending = 1; pending > 0;) {
		const page = await changes(`include_docs=true&limit=100&since=${since}`);
		paged.push(...page.results);
		[since, pending] = [page.last_seq, page.pending];
	}
	const all = await changes('include_docs=true');
	expect(all).toEqual({ results: paged, last_seq: count + 2, pending: 0 });
	expect(all.results.map(({ id }) => id).slice(-2)).toEqual([idOf(499), idOf(7)]);
	const most = await changes('include_docs=true&limit=700&since=10');
	expect(most.results).toEqual(paged.filter(({ seq }) => seq > 10).slice(0, 700));
	expect(most.last_seq).toBe(most.results.at(-1)?.seq);
	expect(most.pending).toBe(count + 2 - most.last_seq);
});

test('a long list is what its ranges are, and goes on behind a document that is gone', async () => {
	const ids = Array.from({ length: count }, (_, number) => idOf(number)).filter((id) => id !== idOf(499));
	const all = await rows('include_docs=true');
	expect(all).toMatchObject({ total_rows: count - 1, offset: 0 });
	expect(all.rows.map(({ id }) => id)).toEqual(ids);
	const some = await rows(`startkey="${idOf(3)}"&endkey="${idOf(1100)}"&skip=2&limit=900`);
	expect(some.rows.map(({ id }) => id)).toEqual(ids.slice(5, 905));
	const few = await rows(
		`startkey="${idOf(1195)}"&endkey="${idOf(1198)}"&inclusive_end=false&update_seq=true`
	);
	expect(few.rows.map(({ id }) => id)).toEqual(ids.filter((id) => id >= idOf(1195) && id < idOf(1198)));
});

test('it comes in pieces, compressed for who takes that', async () => {
	const ask = (path: string, coding: string) =>
		fetch(`${server.url}/db/long/${path}`, {
			headers: { ...basic(server.admin), 'Accept-Encoding': coding }
		});
	for (const path of ['_changes?include_docs=true', '_all_docs?include_docs=true']) {
		const plain = await ask(path, 'identity');
		expect(plain.headers.get('Content-Length')).toBeNull();
		const zipped = await ask(path, 'gzip');
		expect(zipped.headers.get('Content-Encoding')).toBe('gzip');
		expect(await zipped.json()).toEqual(await plain.json());
	}
});
