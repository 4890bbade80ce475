import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccount, sessionCookie, startServer, type TestServer } from '../serve.ts';
import { boundaryOf, parseMultipart } from '../../sync-server/api/multipart.ts';
import { couchClient, type CouchClient } from './couch-client.ts';
import { checkInRecord, gridDatabase, gridRole, photoOf, webpBytes } from './field-records.ts';
import { aNumber, containing, inAnyOrder, matching } from './matching.ts';

/*
 * Apache CouchDB's replicator, request by request, as it was seen on the wire: paths, queries, headers and bodies
 * are its own.
 */

let server: TestServer;
let admin: CouchClient;

beforeAll(async () => {
	server = await startServer();
	await server.setup();
	admin = couchClient(server, server.admin);
});
afterAll(() => server.remove());

const couchHeaders = { Accept: 'application/json', 'User-Agent': 'CouchDB-Replicator/3.5.0' };
const checkpoint = '_local/70bd5f8e2cd4e1f8bdea9f7d2fa3b1cb';

beforeEach(async () => {
	for (const name of ['shelf', gridDatabase]) {
		await admin.send('DELETE', name);
		await admin.send('PUT', name);
	}
});

describe('as a target', () => {
	it('takes a session, checkpoints, and says it is committed', async () => {
		const cookie = await sessionCookie(server, server.admin);
		const withSession = couchClient(server, undefined);
		const headers = { ...couchHeaders, Cookie: cookie };
		expect(await withSession.get('shelf', headers)).toMatchObject({
			status: 200,
			body: { db_name: 'shelf', update_seq: 0, instance_start_time: '0' }
		});
		expect(await withSession.get(`shelf/${checkpoint}`, headers)).toMatchObject({ status: 404 });
		const first = { session_id: 'a', source_last_seq: 7, replication_id_version: 4, history: [] };
		const put = await withSession.send('PUT', `shelf/${checkpoint}`, first, headers);
		expect(put).toMatchObject({ status: 201, body: { ok: true, id: checkpoint, rev: '0-1' } });
		const next = { ...first, _rev: '0-1', source_last_seq: 9 };
		const again = await withSession.send('PUT', `shelf/${checkpoint}`, next, headers);
		expect(again).toMatchObject({ status: 201, body: { rev: '0-2' } });
		const read = await withSession.get(`shelf/${checkpoint}`, headers);
		expect(read.body).toEqual({ ...next, _id: checkpoint, _rev: '0-2' });
		const commit = await withSession.send('POST', 'shelf/_ensure_full_commit', '', headers);
		expect(commit).toMatchObject({ status: 201, body: { ok: true, instance_start_time: '0' } });
		// A checkpoint is no document: it is not in the feed, nor counted.
		expect(await admin.get('shelf')).toMatchObject({ body: { update_seq: 0, doc_count: 0 } });
	});

	it('says what it lacks, takes whole histories, and has them', async () => {
		const revs = { book: ['3-ccc', '3-ddd'], page: ['1-aaa'] };
		expect((await admin.send('POST', 'shelf/_revs_diff', revs, couchHeaders)).body).toEqual({
			book: { missing: ['3-ccc', '3-ddd'] },
			page: { missing: ['1-aaa'] }
		});
		const docs = [
			{ _id: 'book', _rev: '3-ccc', _revisions: { start: 3, ids: ['ccc', 'bbb', 'aaa'] }, v: 'c' },
			{ _id: 'book', _rev: '3-ddd', _revisions: { start: 3, ids: ['ddd', 'bbb', 'aaa'] }, v: 'd' },
			{ _id: 'page', _rev: '2-gone', _revisions: { start: 2, ids: ['gone', 'aaa'] }, _deleted: true }
		];
		const headers = { ...couchHeaders, 'X-Couch-Full-Commit': 'false' };
		const answer = await admin.send('POST', 'shelf/_bulk_docs', { new_edits: false, docs }, headers);
		expect(answer).toMatchObject({ status: 201, body: [] });
		expect((await admin.send('POST', 'shelf/_revs_diff', revs, couchHeaders)).body).toEqual({
			page: { missing: ['1-aaa'] }
		});
		expect(await admin.get('shelf/book?conflicts=true&revs_info=true')).toMatchObject({
			body: {
				_rev: '3-ddd',
				v: 'd',
				_conflicts: ['3-ccc'],
				_revs_info: [{ rev: '3-ddd', status: 'available' }, { status: 'missing' }, {}]
			}
		});
		expect(await admin.get('shelf/page')).toMatchObject({ status: 404, body: { reason: 'deleted' } });
		expect(await admin.get('shelf/page?rev=2-gone')).toMatchObject({ status: 200, body: { _deleted: true } });
	});

	it('takes a document with attachments as multipart/related, gzip-encoded ones too', async () => {
		const text = 'a page of text '.repeat(100);
		const packed = gzipSync(text);
		const plain = Buffer.from([0, 1, 2, 13, 10, 45, 45, 255]);
		const doc = {
			_id: 'book',
			_rev: '2-bbb',
			_revisions: { start: 2, ids: ['bbb', 'aaa'] },
			_attachments: {
				'cover.bin': {
					content_type: 'application/octet-stream',
					revpos: 2,
					digest: 'md5-x',
					length: plain.length,
					follows: true
				},
				'page.txt': {
					content_type: 'text/plain',
					revpos: 1,
					digest: 'md5-y',
					length: packed.length,
					encoded_length: packed.length,
					encoding: 'gzip',
					follows: true
				}
			}
		};
		const boundary = 'e5d21d5fd988dc1c6c6e8911030213b3';
		const body = Buffer.concat([
			Buffer.from(
				`--${boundary}\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(doc)}\r\n--${boundary}`
			),
			Buffer.from(
				'\r\nContent-Disposition: attachment; filename="cover.bin"\r\nContent-Type: application/octet-stream'
			),
			Buffer.from(`\r\nContent-Length: ${plain.length}\r\n\r\n`),
			plain,
			Buffer.from(
				`\r\n--${boundary}\r\nContent-Disposition: attachment; filename="page.txt"\r\nContent-Type: text/plain`
			),
			Buffer.from(`\r\nContent-Length: ${packed.length}\r\nContent-Encoding: gzip\r\n\r\n`),
			packed,
			Buffer.from(`\r\n--${boundary}--`)
		]);
		const put = await admin.raw('shelf/book?new_edits=false', {
			method: 'PUT',
			body,
			headers: { ...couchHeaders, 'Content-Type': `multipart/related; boundary="${boundary}"` }
		});
		expect(put.status).toBe(201);
		expect(await put.json()).toEqual({ ok: true, id: 'book', rev: '2-bbb' });
		const page = await admin.raw('shelf/book/page.txt', {});
		expect([await page.text(), page.headers.get('Content-Type')]).toEqual([text, 'text/plain']);
		const cover = await admin.raw('shelf/book/cover.bin', {});
		expect(Buffer.from(await cover.arrayBuffer())).toEqual(plain);
	});

	it('refuses a multipart body whose parts do not fit its JSON, or that breaks off', async () => {
		const doc = JSON.stringify({
			_attachments: { a: { follows: true, content_type: 'text/plain', length: 1 } }
		});
		const put = (body: string, type = 'multipart/related; boundary=b') =>
			admin.raw('shelf/torn', { method: 'PUT', body, headers: { 'Content-Type': type } });
		for (const body of [
			`--b\r\n\r\n${doc}\r\n--b--`,
			`--b\r\n\r\n${doc}\r\n--b\r\n\r\nx`,
			`--b\r\n\r\n{\r\n--b\r\n\r\nx\r\n--b--`,
			`--b\r\nContent-Type\r\n\r\n${doc}\r\n--b\r\n\r\nx\r\n--b--`,
			'--b--',
			''
		]) {
			const answer = await put(body);
			expect([answer.status, body]).toEqual([400, body]);
		}
		expect((await put(`--b\r\n\r\n${doc}\r\n--b--`, 'multipart/related')).status).toBe(400);
		expect((await admin.get('shelf/torn')).status).toBe(404);
	});
});

describe('as a source', () => {
	const book = {
		_id: 'book',
		_rev: '2-bbb',
		_revisions: { start: 2, ids: ['bbb', 'aaa'] },
		v: 'b',
		_attachments: { page: { content_type: 'text/plain', data: Buffer.from('a page').toString('base64') } }
	};
	const other = { _id: 'book', _rev: '2-ccc', _revisions: { start: 2, ids: ['ccc', 'aaa'] }, v: 'c' };
	const design = { _id: '_design/x', _rev: '1-aaa', views: {} };

	beforeEach(async () => {
		const docs = [book, other, design, { _id: 'gone', _rev: '1-aaa', _deleted: true }];
		await admin.send('POST', 'shelf/_bulk_docs', { docs, new_edits: false });
	});

	it('lists every leaf in its feed, and where to go on', async () => {
		const path = 'shelf/_changes?feed=normal&style=all_docs&since=0&timeout=10000';
		const feed = await admin.get(path, couchHeaders);
		expect(feed.body).toMatchObject({
			results: inAnyOrder([
				{ id: 'book', seq: aNumber(), changes: inAnyOrder([{ rev: '2-ccc' }, { rev: '2-bbb' }]) },
				{ id: '_design/x', seq: aNumber(), changes: [{ rev: '1-aaa' }] },
				{ id: 'gone', seq: aNumber(), changes: [{ rev: '1-aaa' }], deleted: true }
			]),
			last_seq: 4,
			pending: 0
		});
		const rest = await admin.get(
			'shelf/_changes?feed=normal&style=all_docs&since=4&timeout=10000',
			couchHeaders
		);
		expect(rest.body).toEqual({ results: [], last_seq: 4, pending: 0 });
		const first = await admin.get('shelf/_changes?style=all_docs&limit=1', couchHeaders);
		expect(first.body).toMatchObject({ results: [{}], pending: aNumber() });
	});

	it('gives revisions in bulk, with their histories, attachments as stubs', async () => {
		const docs = [
			{ id: 'book', rev: '2-bbb', atts_since: [] },
			{ id: 'book', rev: '1-aaa', atts_since: [] },
			{ id: 'book', rev: '9-none' },
			{ id: 'none', rev: '1-aaa' }
		];
		const path = 'shelf/_bulk_get?latest=true&revs=true&attachments=false';
		const answer = await admin.send('POST', path, { docs }, couchHeaders);
		const stub = {
			content_type: 'text/plain',
			stub: true,
			revpos: 2,
			length: 6,
			digest: matching(/^md5-/)
		};
		const asked = { ok: { ...book, _attachments: { page: stub } } };
		const missing = (id: string, rev: string) => ({
			error: { id, rev, error: 'not_found', reason: 'missing' }
		});
		expect(answer).toMatchObject({ status: 200 });
		expect(answer.body).toEqual({
			results: [
				{ id: 'book', docs: [asked] },
				{ id: 'book', docs: inAnyOrder([asked, { ok: other }]) },
				{ id: 'book', docs: [missing('book', '9-none')] },
				{ id: 'none', docs: [missing('none', '1-aaa')] }
			]
		});
	});

	it('gives revisions with attachments as multipart/mixed', async () => {
		const query = 'revs=true&open_revs=%5B%222-bbb%22,%222-ccc%22,%229-none%22%5D&latest=true';
		const response = await admin.raw(`shelf/book?${query}`, { headers: { Accept: 'multipart/mixed' } });
		const type = response.headers.get('Content-Type') ?? '';
		expect(type).toMatch(/^multipart\/mixed; boundary="[^"]+"$/);
		const body = Buffer.from(await response.arrayBuffer());
		const parts = parseMultipart(body, boundaryOf(type), 10);
		expect(parts.map(({ headers }) => headers.get('content-type')?.replace(/boundary=.*/, ''))).toEqual([
			'multipart/related; ',
			'application/json',
			'application/json; error="true"'
		]);
		const [related, plain, missing] = parts;
		expect(JSON.parse(String(plain?.body))).toEqual(other);
		expect(JSON.parse(String(missing?.body))).toEqual({ missing: '9-none' });
		const innerType = related?.headers.get('content-type') ?? '';
		const [json, page] = parseMultipart(related?.body ?? Buffer.of(), boundaryOf(innerType), 10);
		expect(JSON.parse(String(json?.body))).toMatchObject({
			_id: 'book',
			_rev: '2-bbb',
			_revisions: book._revisions,
			_attachments: { page: { content_type: 'text/plain', follows: true, length: 6, revpos: 2 } }
		});
		expect(page?.headers.get('content-disposition')).toBe('attachment; filename="page"');
		expect(String(page?.body)).toBe('a page');
	});

	it('gives the same as JSON to who does not name multipart', async () => {
		const answer = await admin.get('shelf/book?open_revs=all&revs=true', couchHeaders);
		expect(answer.body).toEqual(inAnyOrder([{ ok: other }, { ok: containing({ v: 'b' }) }]));
	});

	it('leaves out attachments that the other side has', async () => {
		const since = (rev: string) =>
			admin.get(`shelf/book?rev=2-bbb&attachments=true&atts_since=%5B%22${rev}%22%5D`);
		expect(await since('2-bbb')).toMatchObject({
			body: { _attachments: { page: { stub: true, length: 6 } } }
		});
		expect(await since('1-aaa')).toMatchObject({ body: { _attachments: { page: { data: 'YSBwYWdl' } } } });
	});

	it('gives one document with attachments as multipart/related', async () => {
		const headers = { Accept: 'multipart/related, application/json' };
		const response = await admin.raw('shelf/book?attachments=true&rev=2-bbb', { headers });
		const type = response.headers.get('Content-Type') ?? '';
		const [json, page] = parseMultipart(Buffer.from(await response.arrayBuffer()), boundaryOf(type), 10);
		expect(JSON.parse(String(json?.body))).toMatchObject({
			v: 'b',
			_attachments: { page: { follows: true } }
		});
		expect(String(page?.body)).toBe('a page');
	});
});

it('carries a scope database: records in bulk, a photo as multipart', async () => {
	const li = couchClient(server, await createAccount(server, 'li', [gridRole]));
	const record = checkInRecord(1, 'li');
	const photo = photoOf(webpBytes(1));
	await li.send('POST', `${gridDatabase}/_bulk_docs`, { docs: [photo, record], new_edits: false });
	const path = `${gridDatabase}/${encodeURIComponent(photo._id)}`;
	const query = `revs=true&open_revs=%5B%22${photo._rev}%22%5D&latest=true`;
	const mixed = await admin.raw(`${path}?${query}`, { headers: { Accept: 'multipart/mixed' } });
	const type = mixed.headers.get('Content-Type') ?? '';
	const [part] = parseMultipart(Buffer.from(await mixed.arrayBuffer()), boundaryOf(type), 2);

	await admin.send('DELETE', gridDatabase);
	await admin.send('PUT', gridDatabase);
	const put = await admin.raw(`${path}?new_edits=false`, {
		method: 'PUT',
		body: new Uint8Array(part?.body ?? Buffer.of()),
		headers: { 'Content-Type': part?.headers.get('content-type') ?? '' }
	});
	expect([put.status, await put.json()]).toEqual([201, { ok: true, id: photo._id, rev: photo._rev }]);
	const replicated = { ...record, _revisions: { start: 1, ids: [record._rev.slice(2)] } };
	const bulk = await admin.send('POST', `${gridDatabase}/_bulk_docs`, {
		docs: [replicated],
		new_edits: false
	});
	expect(bulk).toMatchObject({ status: 201, body: [] });
	expect((await li.get(`${gridDatabase}/${encodeURIComponent(record._id)}`)).body).toEqual(record);
	const bytes = await li.raw(`${path}/photo`, {});
	expect(Buffer.from(await bytes.arrayBuffer())).toEqual(webpBytes(1));
});
