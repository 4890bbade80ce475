import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { createAccount, startServer, type TestServer } from '../serve.ts';
import { couchClient, type CouchClient } from './couch-client.ts';
import { gridDatabase, gridRole } from './field-records.ts';

let server: TestServer;
let admin: CouchClient;
let worker: CouchClient;
let stranger: CouchClient;

beforeAll(async () => {
	server = await startServer();
	await server.setup();
	admin = couchClient(server, server.admin);
	worker = couchClient(server, await createAccount(server, 'li', [gridRole]));
	stranger = couchClient(server, undefined);
	await admin.send('PUT', 'shelf');
	await admin.send('PUT', gridDatabase);
	await admin.send('PUT', 'shelf/book', { title: '胡同' });
	await admin.raw('shelf/book2/cover', {
		method: 'PUT',
		body: 'cover',
		headers: { 'Content-Type': 'text/plain' }
	});
});
afterAll(() => server.remove());

const noDatabase = { error: 'not_found', reason: 'Database does not exist.' };
const missing = { error: 'not_found', reason: 'missing' };
const notAllowed = { error: 'forbidden', reason: 'You are not allowed to access this db.' };
const notKnown = { error: 'unauthorized', reason: 'You are not authorized to access this db.' };
const notJson = { error: 'bad_request', reason: 'invalid UTF-8 JSON' };
const badRev = { error: 'bad_request', reason: 'Invalid rev format' };
const conflict = { error: 'conflict', reason: 'Document update conflict.' };

type Row = readonly [method: string, path: string, body: unknown, status: number, answer: object];

describe('a server admin is answered as by CouchDB', () => {
	test.each<Row>([
		['GET', '', undefined, 200, { couchdb: 'Welcome', vendor: { name: 'zhonggeng' } }],
		['GET', '_up', undefined, 200, { status: 'ok' }],
		['GET', '_all_dbs?limit=1', undefined, 200, ['_users']],
		['GET', '_all_dbs?descending=true&limit=1', undefined, 200, [gridDatabase]],
		[
			'GET',
			'_dbs_info?descending=true&limit=1',
			undefined,
			200,
			[{ key: gridDatabase, info: { db_name: gridDatabase } }]
		],
		['GET', '_uuids?count=2', undefined, 200, { uuids: [/^[0-9a-f]{32}$/, /^[0-9a-f]{32}$/] }],
		[
			'GET',
			'_uuids?count=1001',
			undefined,
			400,
			{ error: 'bad_request', reason: 'count parameter too large' }
		],
		['GET', '_nothing', undefined, 404, missing],
		['POST', '_all_dbs', {}, 405, { error: 'method_not_allowed', reason: 'Only GET,HEAD allowed' }],
		['GET', 'nowhere', undefined, 404, noDatabase],
		['DELETE', 'nowhere', undefined, 404, noDatabase],
		['DELETE', '_users', undefined, 403, { error: 'forbidden', reason: '_users cannot be deleted.' }],
		['GET', 'nowhere/doc', undefined, 404, noDatabase],
		['GET', 'nowhere/_changes', undefined, 404, noDatabase],
		['PUT', 'shelf', undefined, 412, { error: 'file_exists' }],
		['PUT', 'Shelf', undefined, 400, { error: 'illegal_database_name' }],
		['PUT', '..%2Fshelf', undefined, 400, { error: 'illegal_database_name' }],
		['PATCH', 'shelf', {}, 405, { error: 'method_not_allowed' }],
		['GET', 'shelf', undefined, 200, { db_name: 'shelf', doc_count: 2, uuid: /^[0-9a-f-]{36}$/ }],
		['GET', 'shelf/absent', undefined, 404, missing],
		['GET', 'shelf/_nothing', undefined, 404, missing],
		['GET', 'shelf/%FF', undefined, 400, { error: 'bad_request' }],
		['GET', 'shelf/book?rev=1', undefined, 400, badRev],
		['GET', 'shelf/book?rev=1-absent', undefined, 404, missing],
		['GET', 'shelf/book?rev=1-absent&latest=true', undefined, 404, missing],
		['GET', 'shelf/book?revs=maybe', undefined, 400, { error: 'query_parse_error' }],
		['GET', 'shelf/absent?open_revs=all', undefined, 404, missing],
		[
			'GET',
			'shelf/book/absent',
			undefined,
			404,
			{ error: 'not_found', reason: 'Document is missing attachment' }
		],
		['GET', 'shelf/book2/constructor', undefined, 404, { reason: 'Document is missing attachment' }],
		['PUT', 'shelf/book', { title: 'x' }, 409, conflict],
		['PUT', 'shelf/book?rev=2-b', { _rev: '1-a' }, 400, { error: 'bad_request' }],
		['PUT', 'shelf/new', '{"a"', 400, notJson],
		['PUT', 'shelf/new', '[]', 400, { error: 'bad_request', reason: 'Document must be a JSON object' }],
		[
			'PUT',
			'shelf/new',
			{ _strange: 1 },
			400,
			{ error: 'doc_validation', reason: 'Bad special document member: _strange' }
		],
		['PUT', 'shelf/_strange', {}, 404, missing],
		['PUT', 'shelf/new?new_edits=false', { a: 1 }, 400, { error: 'bad_request' }],
		['PUT', 'shelf/new', { _attachments: { a: { stub: true } } }, 412, { error: 'missing_stub' }],
		['PUT', 'shelf/new', { _attachments: { a: { data: '???' } } }, 400, { error: 'bad_request' }],
		['DELETE', 'shelf/book', undefined, 409, conflict],
		['DELETE', 'shelf/book?rev=1-absent', undefined, 409, conflict],
		['DELETE', 'shelf/absent', undefined, 404, missing],
		['POST', 'shelf', { _id: 'book' }, 409, conflict],
		['POST', 'shelf/_bulk_docs', '{', 400, notJson],
		[
			'POST',
			'shelf/_bulk_docs',
			{},
			400,
			{ error: 'bad_request', reason: 'POST body must include `docs` parameter.' }
		],
		['POST', 'shelf/_bulk_docs', { docs: 1 }, 400, { error: 'bad_request' }],
		['POST', 'shelf/_bulk_docs', { docs: [1] }, 400, { error: 'bad_request' }],
		['POST', 'shelf/_bulk_docs', { docs: [{ _id: '_x' }] }, 400, { error: 'illegal_docid' }],
		['POST', 'shelf/_bulk_docs', { docs: [] }, 201, []],
		['POST', 'shelf/_bulk_get', {}, 400, { error: 'bad_request' }],
		['POST', 'shelf/_revs_diff', { a: ['x'] }, 400, badRev],
		['POST', 'shelf/_revs_diff', { book: [] }, 200, {}],
		['POST', 'shelf/_ensure_full_commit', undefined, 201, { ok: true, instance_start_time: '0' }],
		['POST', 'shelf/_compact', {}, 202, { ok: true }],
		['GET', 'shelf/_security', undefined, 200, { admins: { roles: ['_admin'] } }],
		[
			'PUT',
			'shelf/_security',
			`{"admins":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`,
			400,
			{ error: 'bad_request' }
		],
		[
			'POST',
			'shelf/_bulk_get',
			{ docs: [{ id: '_local/x' }, { id: 'book' }] },
			200,
			{
				results: [
					{ id: '_local/x', docs: [{ error: { error: 'illegal_docid' } }] },
					{ id: 'book', docs: [{ ok: {} }] }
				]
			}
		],
		['GET', 'shelf/_changes?since=soon', undefined, 400, { error: 'bad_request' }],
		['GET', 'shelf/_changes?feed=eventsource', undefined, 400, { error: 'bad_request' }],
		['GET', 'shelf/_changes?include_docs=true&attachments=true', undefined, 400, { error: 'bad_request' }],
		['GET', 'shelf/_changes?limit=-1', undefined, 400, { error: 'query_parse_error' }],
		['GET', 'shelf/_all_docs?startkey=unquoted', undefined, 400, notJson],
		['GET', 'shelf/_all_docs?startkey={}', undefined, 200, { rows: [] }],
		[
			'GET',
			'shelf/_all_docs?startkey=null&limit=1',
			undefined,
			200,
			{ total_rows: 2, rows: [{ id: 'book' }] }
		],
		['GET', 'shelf/_local/none', undefined, 404, missing],
		['DELETE', 'shelf/_local/none', undefined, 404, missing]
	])('%s %s', async (method, path, body, status, answer) => {
		const answered = await admin.send(method, path, body);
		expect(answered).toMatchObject({ status, body: patterned(answer) });
	});
});

/** Regular expressions in an expected answer become matchers. */
function patterned(value: unknown): unknown {
	if (value instanceof RegExp) return expect.stringMatching(value);
	if (Array.isArray(value)) return value.map(patterned);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, patterned(inner)]));
}

describe('who may not is told so in CouchDB’s words', () => {
	test.each<Row>([
		['GET', 'shelf', undefined, 403, notAllowed],
		['GET', 'nowhere', undefined, 403, notAllowed],
		['PUT', 'shelf/new', {}, 403, notAllowed],
		['PUT', 'zg-qianmen-caochang-g4', undefined, 403, notAllowed],
		['DELETE', gridDatabase, undefined, 403, { error: 'forbidden', reason: 'You are not a server admin.' }],
		['GET', 'zg-qianmen-caochang-g4', undefined, 403, notAllowed],
		['GET', '_users/_all_docs', undefined, 403, notAllowed],
		['PUT', `${gridDatabase}/_security`, {}, 403, { error: 'forbidden' }],
		['POST', `${gridDatabase}/_compact`, {}, 403, { error: 'forbidden' }],
		['GET', '_all_dbs', undefined, 200, [gridDatabase]],
		['GET', '_dbs_info', undefined, 200, [{ key: gridDatabase, info: { db_name: gridDatabase } }]]
	])('a worker: %s %s', async (method, path, body, status, answer) => {
		expect(await worker.send(method, path, body)).toMatchObject({ status, body: answer });
	});

	test.each<Row>([
		['GET', '_all_dbs', undefined, 401, notKnown],
		['GET', '_dbs_info', undefined, 401, notKnown],
		['GET', '_db_updates', undefined, 401, notKnown],
		['GET', gridDatabase, undefined, 401, notKnown],
		['GET', 'nowhere', undefined, 401, notKnown],
		['PUT', 'elsewhere', undefined, 401, notKnown],
		['POST', `${gridDatabase}/_bulk_docs`, { docs: [] }, 401, notKnown]
	])('someone without an account: %s %s', async (method, path, body, status, answer) => {
		expect(await stranger.send(method, path, body)).toMatchObject({ status, body: answer });
	});
});

it('an office opens the databases of its own area', async () => {
	const office = couchClient(server, await createAccount(server, 'office', ['office:qianmen/caochang']));
	expect(await office.send('PUT', 'zg-qianmen-caochang-g9')).toMatchObject({
		status: 201,
		body: { ok: true }
	});
	expect(await office.send('PUT', 'zg-qianmen-dajiang-g1')).toMatchObject({ status: 403, body: notAllowed });
	expect(await office.send('PUT', 'cellar')).toMatchObject({ status: 403, body: notAllowed });
});

it('refuses names that are too long', async () => {
	const database = await admin.send('PUT', `a${'b'.repeat(200)}`);
	expect(database).toMatchObject({ status: 400, body: { error: 'illegal_database_name' } });
	const doc = await admin.send('PUT', `shelf/${'x'.repeat(1_025)}`, {});
	expect(doc).toMatchObject({ status: 400, body: { error: 'illegal_docid' } });
});

it('says 415 to a body that does not say it is JSON', async () => {
	const answer = await admin.send('POST', 'shelf/_bulk_docs', '{}', { 'Content-Type': 'text/plain' });
	expect(answer).toMatchObject({
		status: 415,
		body: { error: 'bad_content_type', reason: 'Content-Type must be application/json' }
	});
});

it('says which methods there are', async () => {
	const answer = await admin.send('PUT', 'shelf/_changes', {});
	expect(answer.status).toBe(405);
	expect(answer.headers.get('Allow')).toBe('GET, POST, HEAD');
});

it('gives 304 for a document and an attachment that the client has', async () => {
	for (const path of ['shelf/book', 'shelf/book2/cover']) {
		const first = await admin.get(path);
		const etag = first.headers.get('ETag') ?? '';
		expect(first.status).toBe(200);
		expect((await admin.get(path, { 'If-None-Match': etag })).status).toBe(304);
		expect((await admin.get(path, { 'If-None-Match': '"1-other"' })).status).toBe(200);
	}
});

it('answers HEAD as GET, without a body', async () => {
	for (const path of ['shelf', 'shelf/book', 'shelf/book2/cover']) {
		const answer = await admin.raw(path, { method: 'HEAD' });
		expect([answer.status, await answer.text()]).toEqual([200, '']);
	}
	expect((await admin.raw('shelf/absent', { method: 'HEAD' })).status).toBe(404);
});

it('gives a part of an attachment, and 416 for one that is not there', async () => {
	const part = await admin.get('shelf/book2/cover', { Range: 'bytes=1-2' });
	expect([part.status, part.body, part.headers.get('Content-Range')]).toEqual([206, 'ov', 'bytes 1-2/5']);
	const last = await admin.get('shelf/book2/cover', { Range: 'bytes=-2' });
	expect([last.status, last.body]).toEqual([206, 'er']);
	expect((await admin.get('shelf/book2/cover', { Range: 'bytes=9-' })).status).toBe(416);
});

it('refuses an attachment whose Content-MD5 is of other bytes', async () => {
	const answer = await admin.raw('shelf/torn/page', {
		method: 'PUT',
		body: 'page',
		headers: { 'Content-MD5': 'XUFAKrxLKna5cZ2REBfFkg==' }
	});
	expect([answer.status, await answer.json()]).toEqual([
		400,
		{ error: 'content_md5_mismatch', reason: 'Possible message corruption.' }
	]);
});

it('never lets an attachment run as a page of the site', async () => {
	await admin.raw('shelf/page/index.html', {
		method: 'PUT',
		body: '<script></script>',
		headers: { 'Content-Type': 'text/html' }
	});
	const answer = await admin.get('shelf/page/index.html');
	expect(answer.headers.get('Content-Type')).toBe('text/html');
	expect(answer.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
	expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff');
});

it('keeps documents under any id, slashes and all', async () => {
	for (const id of ['a/b', '_design/x', 'ü 胡同?&#%', 'a+b']) {
		const path = `shelf/${encodeURIComponent(id)}`;
		const put = await admin.send('PUT', path, { of: id });
		expect(put).toMatchObject({ status: 201, body: { ok: true, id } });
		expect(await admin.get(path)).toMatchObject({ status: 200, body: { _id: id, of: id } });
	}
	expect(await admin.get('shelf/_design/x')).toMatchObject({ body: { _id: '_design/x' } });
});
