import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sessionCookie } from '../serve.ts';
import { couchClient } from './couch-client.ts';
import { couchHeaders, startShelf } from './shelf-server.ts';

/*
 * Apache CouchDB's replicator, request by request, as it was seen on the wire: paths, queries, headers and bodies
 * are its own.
 */

const shelf = startShelf();
const checkpoint = '_local/70bd5f8e2cd4e1f8bdea9f7d2fa3b1cb';

describe('as a target', () => {
	it('takes a session, checkpoints, and says it is committed', async () => {
		const cookie = await sessionCookie(shelf.server, shelf.server.admin);
		const withSession = couchClient(shelf.server, undefined);
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
		expect(await shelf.admin.get('shelf')).toMatchObject({ body: { update_seq: 0, doc_count: 0 } });
	});

	it('says what it lacks, takes whole histories, and has them', async () => {
		const revs = { book: ['3-ccc', '3-ddd'], page: ['1-aaa'] };
		expect((await shelf.admin.send('POST', 'shelf/_revs_diff', revs, couchHeaders)).body).toEqual({
			book: { missing: ['3-ccc', '3-ddd'] },
			page: { missing: ['1-aaa'] }
		});
		const docs = [
			{ _id: 'book', _rev: '3-ccc', _revisions: { start: 3, ids: ['ccc', 'bbb', 'aaa'] }, v: 'c' },
			{ _id: 'book', _rev: '3-ddd', _revisions: { start: 3, ids: ['ddd', 'bbb', 'aaa'] }, v: 'd' },
			{ _id: 'page', _rev: '2-gone', _revisions: { start: 2, ids: ['gone', 'aaa'] }, _deleted: true }
		];
		const headers = { ...couchHeaders, 'X-Couch-Full-Commit': 'false' };
		const answer = await shelf.admin.send('POST', 'shelf/_bulk_docs', { new_edits: false, docs }, headers);
		expect(answer).toMatchObject({ status: 201, body: [] });
		expect((await shelf.admin.send('POST', 'shelf/_revs_diff', revs, couchHeaders)).body).toEqual({
			page: { missing: ['1-aaa'] }
		});
		expect(await shelf.admin.get('shelf/book?conflicts=true&revs_info=true')).toMatchObject({
			body: {
				_rev: '3-ddd',
				v: 'd',
				_conflicts: ['3-ccc'],
				_revs_info: [{ rev: '3-ddd', status: 'available' }, { status: 'missing' }, {}]
			}
		});
		expect(await shelf.admin.get('shelf/page')).toMatchObject({ status: 404, body: { reason: 'deleted' } });
		expect(await shelf.admin.get('shelf/page?rev=2-gone')).toMatchObject({
			status: 200,
			body: { _deleted: true }
		});
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
		const put = await shelf.admin.raw('shelf/book?new_edits=false', {
			method: 'PUT',
			body,
			headers: { ...couchHeaders, 'Content-Type': `multipart/related; boundary="${boundary}"` }
		});
		expect(put.status).toBe(201);
		expect(await put.json()).toEqual({ ok: true, id: 'book', rev: '2-bbb' });
		const page = await shelf.admin.raw('shelf/book/page.txt', {});
		expect([await page.text(), page.headers.get('Content-Type')]).toEqual([text, 'text/plain']);
		const cover = await shelf.admin.raw('shelf/book/cover.bin', {});
		expect(Buffer.from(await cover.arrayBuffer())).toEqual(plain);
	});

	it('refuses a multipart body whose parts do not fit its JSON, or that breaks off', async () => {
		const doc = JSON.stringify({
			_attachments: { a: { follows: true, content_type: 'text/plain', length: 1 } }
		});
		const put = (body: string, type = 'multipart/related; boundary=b') =>
			shelf.admin.raw('shelf/torn', { method: 'PUT', body, headers: { 'Content-Type': type } });
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
		expect((await shelf.admin.get('shelf/torn')).status).toBe(404);
	});
});
