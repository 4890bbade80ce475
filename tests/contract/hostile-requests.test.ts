import { gzipSync } from 'node:zlib';
import { object, parse, string } from 'valibot';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAccount, startServer, type TestServer } from '../serve.ts';
import { couchClient, type CouchClient } from './couch-client.ts';
import { checkInRecord, gridDatabase, gridRole } from './field-records.ts';
import { matching } from './matching.ts';

let server: TestServer;
let admin: CouchClient;
let worker: CouchClient;

beforeAll(async () => {
	server = await startServer();
	await server.setup();
	admin = couchClient(server, server.admin);
	worker = couchClient(server, await createAccount(server, 'li', [gridRole]));
	await admin.send('PUT', 'shelf');
	await admin.send('PUT', gridDatabase);
});
afterAll(() => server.remove());

// Whatever was sent, the same process goes on answering.
afterEach(async () => {
	expect(await admin.send('POST', 'shelf', {})).toMatchObject({ status: 201 });
	expect(server.output()).not.toContain('request failed');
});

const revOf = object({ rev: string() });
const deep = (depth: number) => '[{"a":'.repeat(depth) + '1' + '}]'.repeat(depth);
const json = { 'Content-Type': 'application/json' };
const mebibyte = 1024 * 1024;

const bodies: readonly (readonly [string, string | Uint8Array<ArrayBuffer>])[] = [
	['nothing', ''],
	['half a JSON text', '{"docs":[{"_id":"a"'],
	['brackets without an end', '['.repeat(mebibyte)],
	['bytes that are not UTF-8', Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d)],
	['a number', '7'],
	['a list', '[]'],
	['null', 'null'],
	['lists for everything', '{"docs":[[]],"keys":[[]],"doc_ids":[[]],"_id":[],"a":[[]]}'],
	['null for everything', '{"docs":[null],"keys":[null],"doc_ids":[null],"_id":null,"a":[null]}'],
	['deep nesting', `{"docs":[{"_id":"deep","a":${deep(50_000)}}],"_id":"deep","a":${deep(50_000)}}`],
	[
		'prototype keys',
		'{"docs":[{"_id":"__proto__","__proto__":{"a":1}}],"__proto__":{"polluted":1},"constructor":["1-a"]}'
	],
	['half a surrogate pair', String.raw`{"docs":[{"_id":"\ud800"}],"_id":"\ud800","\ud800":["1-a"]}`],
	['an infinite number', '{"docs":[{"_id":"big","n":1e999}],"_id":"big","n":1e999}'],
	[
		'odd revisions',
		'{"docs":[{"_id":"x","_rev":"1-a","_revisions":{"start":1e9,"ids":[null]}}],"new_edits":false}'
	],
	[
		'odd attachments',
		'{"docs":[{"_id":"x","_attachments":{"a":null,"__proto__":{"data":1}}}],"_id":"x","_attachments":[1]}'
	]
];

describe.each(bodies)('a body of %s', (_what, body) => {
	it.each([
		['POST', ''],
		['PUT', '/doc'],
		['PUT', '/doc?new_edits=false'],
		['PUT', '/_local/doc'],
		['PUT', '/_security'],
		['POST', '/_bulk_docs'],
		['POST', '/_bulk_get'],
		['POST', '/_revs_diff'],
		['POST', '/_all_docs'],
		['POST', '/_changes']
	])('gets an answer of CouchDB’s form from %s {db}%s', async (method, path) => {
		for (const [client, database] of [
			[admin, 'shelf'],
			[worker, gridDatabase]
		] as const) {
			const response = await client.raw(database + path, { method, body, headers: json });
			expect(response.status).toBeLessThan(500);
			const answer: unknown = await response.json();
			if (!response.ok) expect(answer).toMatchObject({ error: matching(/./), reason: matching(/./) });
		}
	});
});

describe('a body that is too large', () => {
	const put = (body: Uint8Array<ArrayBuffer>, headers: Record<string, string>) =>
		worker.raw(`${gridDatabase}/_bulk_docs`, { method: 'POST', body, headers: { ...json, ...headers } });

	it('is refused by its length', async () => {
		const response = await put(new Uint8Array(16 * mebibyte + 1), {});
		expect([response.status, await response.json()]).toMatchObject([413, { error: 'too_large' }]);
	});

	it('is refused when it does not tell its length', async () => {
		const chunk = new Uint8Array(mebibyte);
		let left = 17;
		const body = new ReadableStream({
			pull(controller) {
				if (left > 0) controller.enqueue(chunk);
				else controller.close();
				left -= 1;
			}
		});
		const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, headers: json, duplex: 'half' };
		expect((await worker.raw(`${gridDatabase}/_bulk_docs`, init)).status).toBe(413);
	});

	it('is refused when it would become so by inflating, and taken when it does not', async () => {
		const gzip = { 'Content-Encoding': 'gzip' };
		expect((await put(new Uint8Array(gzipSync(Buffer.alloc(17 * mebibyte, ' '))), gzip)).status).toBe(413);
		expect((await put(new TextEncoder().encode('no gzip'), gzip)).status).toBe(400);
		expect((await put(new TextEncoder().encode('{}'), { 'Content-Encoding': 'br' })).status).toBe(415);
		const docs = [checkInRecord(1, 'li')];
		const good = new Uint8Array(gzipSync(JSON.stringify({ docs, new_edits: false })));
		const response = await put(good, gzip);
		expect([response.status, await response.json()]).toEqual([201, []]);
	});
});

describe('attachments that hold far more than was sent', () => {
	const holding = (bytes: number) => gzipSync(Buffer.alloc(bytes));
	const attachment = (bytes: number) => ({ encoding: 'gzip', data: holding(bytes).toString('base64') });

	it('are taken up to what a request may hold in all, however they are spread', async () => {
		const full = { a: attachment(8 * mebibyte), b: attachment(8 * mebibyte - 1) };
		expect(await admin.send('PUT', 'shelf/full', { _attachments: full })).toMatchObject({ status: 201 });
		const over = { ...full, c: attachment(2) };
		expect(await admin.send('PUT', 'shelf/over', { _attachments: over })).toMatchObject({ status: 413 });
		const docs = [full, { c: attachment(2) }].map((_attachments) => ({ _attachments }));
		expect(await admin.send('POST', 'shelf/_bulk_docs', { docs })).toMatchObject({ status: 413 });
		const torn = { a: { encoding: 'gzip', data: Buffer.from('no gzip').toString('base64') } };
		expect(await admin.send('PUT', 'shelf/torn', { _attachments: torn })).toMatchObject({ status: 400 });
	});

	it('are so in a multipart body as well', async () => {
		const put = (id: string, sizes: readonly number[]) => {
			const follows = sizes.map((_, name) => [name, { follows: true, encoding: 'gzip' }] as const);
			const doc = JSON.stringify({ _attachments: Object.fromEntries(follows) });
			const parts = [Buffer.from(doc), ...sizes.map(holding)];
			return admin.raw(`shelf/${id}`, {
				method: 'PUT',
				headers: { 'Content-Type': 'multipart/related; boundary=b' },
				body: Buffer.concat([
					...parts.flatMap((part) => [Buffer.from('\r\n--b\r\n\r\n'), part]),
					Buffer.from('\r\n--b--')
				])
			});
		};
		expect((await put('parts', [8 * mebibyte, 8 * mebibyte])).status).toBe(201);
		expect((await put('more-parts', [8 * mebibyte, 8 * mebibyte, 1])).status).toBe(413);
	});

	it('are not even decoded where they may not be', async () => {
		await admin.send('PUT', 'zg-qianmen');
		const doc = (count: number) => ({
			_id: 'photo:x',
			_rev: '1-a',
			_attachments: Object.fromEntries(Array.from({ length: count }, (_, name) => [name, { data: '?' }]))
		});
		const reasons: unknown[] = [];
		for (const [database, count] of [
			[gridDatabase, 2],
			['zg-qianmen', 1],
			[gridDatabase, 1]
		] as const) {
			const { body } = await worker.send('POST', `${database}/_bulk_docs`, { docs: [doc(count)] });
			reasons.push(body);
		}
		expect(reasons).toMatchObject([
			[{ reason: 'shape: more than one attachment (/_attachments)' }],
			[{ reason: matching(/^rights: /) }],
			[{ reason: 'shape: Invalid attachment data for 0' }]
		]);
	});
});

describe('an answer with attachments', () => {
	it('carries what it can, with an error in the place of what it cannot', async () => {
		let rev = '';
		for (let count = 0; count < 5; count += 1) {
			const path = `shelf/heavy/${count}${rev && `?rev=${rev}`}`;
			const put = await admin.raw(path, { method: 'PUT', body: new Uint8Array(8 * mebibyte) });
			rev = parse(revOf, await put.json()).rev;
		}
		await admin.raw('shelf/light/a', { method: 'PUT', body: 'light' });
		const docs = [{ id: 'heavy' }, { id: 'light' }, { id: 'light' }, { id: '_local/x' }, { id: 'none' }];
		const answer = await admin.send('POST', 'shelf/_bulk_get?attachments=true', { docs });
		expect(answer.status).toBe(200);
		expect(answer.body).toMatchObject({
			results: [
				{ id: 'heavy', docs: [{ error: { error: 'too_large' } }] },
				{ id: 'light', docs: [{ ok: { _attachments: { a: { data: 'bGlnaHQ=' } } } }] },
				{ id: '_local/x', docs: [{ error: { error: 'illegal_docid' } }] },
				{ id: 'none', docs: [{ error: { error: 'not_found' } }] }
			]
		});
		const headers = { Accept: 'multipart/mixed' };
		expect((await admin.get('shelf/heavy?open_revs=all', headers)).status).toBe(413);
		expect((await admin.get('shelf/light?open_revs=all', headers)).status).toBe(200);
	});

	it('carries no more in a list, a feed or a single document', async () => {
		const related = { Accept: 'multipart/related' };
		for (const [path, status, accept] of [
			['heavy?attachments=true', 413],
			['heavy?attachments=true', 413, related],
			['heavy', 200],
			['light?attachments=true', 200],
			['_all_docs?include_docs=true&attachments=true&limit=1&key="heavy"', 413],
			['_all_docs?include_docs=true&attachments=true&limit=1&key="light"', 200],
			['_all_docs?attachments=true&limit=10', 200],
			['_changes?include_docs=true&attachments=true&limit=10&descending=true', 413],
			['_changes?include_docs=true&attachments=true&limit=1&filter=_doc_ids&doc_ids=["light"]', 200],
			['_changes?attachments=true&limit=10', 200]
		] as const) {
			expect([path, (await admin.get(`shelf/${path}`, accept)).status]).toEqual([path, status]);
		}
	});

	it('gives a revision once, and as many as a tree has', async () => {
		const { body } = await admin.send('PUT', 'shelf/one', {});
		const { rev } = parse(revOf, body);
		const ask = (revs: readonly string[]) =>
			admin.get(`shelf/one?open_revs=${encodeURIComponent(JSON.stringify(revs))}`);
		expect((await ask([rev, rev, rev])).body).toEqual([{ ok: { _id: 'one', _rev: rev } }]);
		expect((await ask(Array.from({ length: 101 }, (_, digest) => `1-${digest}`))).status).toBe(413);
	});
});

it('a document of 10 MB is refused alone, its neighbour kept', async () => {
	const large = { ...checkInRecord(2, 'li'), body: { observed: { note: 'x'.repeat(10 * mebibyte) } } };
	const docs = [large, checkInRecord(3, 'li')];
	const answer = await worker.send('POST', `${gridDatabase}/_bulk_docs`, { docs, new_edits: false });
	expect(answer).toMatchObject({
		status: 201,
		body: [{ id: large._id, reason: matching(/^(bounds|shape): /) }]
	});
	expect((await worker.get(`${gridDatabase}/${encodeURIComponent(docs[1]?._id ?? '')}`)).status).toBe(200);
});
