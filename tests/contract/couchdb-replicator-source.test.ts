import { beforeEach, describe, expect, it } from 'vitest';
import { createAccount } from '../serve.ts';
import { boundaryOf, parseMultipart } from '../../sync-server/api/multipart.ts';
import { couchClient } from './couch-client.ts';
import { checkInRecord, gridDatabase, gridRole, photoOf, webpBytes } from './field-records.ts';
import { aNumber, containing, inAnyOrder, matching } from './matching.ts';
import { couchHeaders, startShelf } from './shelf-server.ts';

/*
 * Apache CouchDB's replicator, request by request, as it was seen on the wire: paths, queries, headers and bodies
 * are its own.
 */

const shelf = startShelf();

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
		await shelf.admin.send('POST', 'shelf/_bulk_docs', { docs, new_edits: false });
	});

	it('lists every leaf in its feed, and where to go on', async () => {
		const path = 'shelf/_changes?feed=normal&style=all_docs&since=0&timeout=10000';
		const feed = await shelf.admin.get(path, couchHeaders);
		expect(feed.body).toMatchObject({
			results: inAnyOrder([
				{ id: 'book', seq: aNumber(), changes: inAnyOrder([{ rev: '2-ccc' }, { rev: '2-bbb' }]) },
				{ id: '_design/x', seq: aNumber(), changes: [{ rev: '1-aaa' }] },
				{ id: 'gone', seq: aNumber(), changes: [{ rev: '1-aaa' }], deleted: true }
			]),
			last_seq: 4,
			pending: 0
		});
		const rest = await shelf.admin.get(
			'shelf/_changes?feed=normal&style=all_docs&since=4&timeout=10000',
			couchHeaders
		);
		expect(rest.body).toEqual({ results: [], last_seq: 4, pending: 0 });
		const first = await shelf.admin.get('shelf/_changes?style=all_docs&limit=1', couchHeaders);
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
		const answer = await shelf.admin.send('POST', path, { docs }, couchHeaders);
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
		const response = await shelf.admin.raw(`shelf/book?${query}`, { headers: { Accept: 'multipart/mixed' } });
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
		const answer = await shelf.admin.get('shelf/book?open_revs=all&revs=true', couchHeaders);
		expect(answer.body).toEqual(inAnyOrder([{ ok: other }, { ok: containing({ v: 'b' }) }]));
	});

	it('leaves out attachments that the other side has', async () => {
		const since = (rev: string) =>
			shelf.admin.get(`shelf/book?rev=2-bbb&attachments=true&atts_since=%5B%22${rev}%22%5D`);
		expect(await since('2-bbb')).toMatchObject({
			body: { _attachments: { page: { stub: true, length: 6 } } }
		});
		expect(await since('1-aaa')).toMatchObject({ body: { _attachments: { page: { data: 'YSBwYWdl' } } } });
	});

	it('gives one document with attachments as multipart/related', async () => {
		const headers = { Accept: 'multipart/related, application/json' };
		const response = await shelf.admin.raw('shelf/book?attachments=true&rev=2-bbb', { headers });
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
	const li = couchClient(shelf.server, await createAccount(shelf.server, 'li', [gridRole]));
	const record = checkInRecord(1, 'li');
	const photo = photoOf(webpBytes(1));
	await li.send('POST', `${gridDatabase}/_bulk_docs`, { docs: [photo, record], new_edits: false });
	const path = `${gridDatabase}/${encodeURIComponent(photo._id)}`;
	const query = `revs=true&open_revs=%5B%22${photo._rev}%22%5D&latest=true`;
	const mixed = await shelf.admin.raw(`${path}?${query}`, { headers: { Accept: 'multipart/mixed' } });
	const type = mixed.headers.get('Content-Type') ?? '';
	const [part] = parseMultipart(Buffer.from(await mixed.arrayBuffer()), boundaryOf(type), 2);

	await shelf.admin.send('DELETE', gridDatabase);
	await shelf.admin.send('PUT', gridDatabase);
	const put = await shelf.admin.raw(`${path}?new_edits=false`, {
		method: 'PUT',
		body: new Uint8Array(part?.body ?? Buffer.of()),
		headers: { 'Content-Type': part?.headers.get('content-type') ?? '' }
	});
	expect([put.status, await put.json()]).toEqual([201, { ok: true, id: photo._id, rev: photo._rev }]);
	const replicated = { ...record, _revisions: { start: 1, ids: [record._rev.slice(2)] } };
	const bulk = await shelf.admin.send('POST', `${gridDatabase}/_bulk_docs`, {
		docs: [replicated],
		new_edits: false
	});
	expect(bulk).toMatchObject({ status: 201, body: [] });
	expect((await li.get(`${gridDatabase}/${encodeURIComponent(record._id)}`)).body).toEqual(record);
	const bytes = await li.raw(`${path}/photo`, {});
	expect(Buffer.from(await bytes.arrayBuffer())).toEqual(webpBytes(1));
});
