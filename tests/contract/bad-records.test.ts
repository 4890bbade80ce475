import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { seal, type Revision } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { createAccount, startServer, type TestServer } from '../serve.ts';
import { couchClient, type CouchClient } from './couch-client.ts';
import {
	checkInRecord,
	checkInRecords,
	gridDatabase,
	gridRole,
	photoOf,
	webpBytes
} from './field-records.ts';
import { containing, matching } from './matching.ts';

let server: TestServer;
let admin: CouchClient;
let worker: CouchClient;

beforeAll(async () => {
	server = await startServer();
	await server.setup();
	admin = couchClient(server, server.admin);
	worker = couchClient(server, await createAccount(server, 'li', [gridRole]));
});
afterAll(() => server.remove());
beforeEach(async () => {
	await admin.send('DELETE', gridDatabase);
	await admin.send('PUT', gridDatabase);
});

const good = checkInRecord(5, 'li');
const tampered = { ...good, body: { observed: { quality: 'mixed' } } };
const { photo } = photoOf(webpBytes(1))._attachments;

const bad: readonly (readonly [what: string, doc: object, reason: RegExp])[] = [
	['a record whose content was changed', tampered, /^hash: /],
	['a record with a field too many', { ...good, extra: 1 }, /^shape: unknown field \(\/extra\)$/],
	['a record with CouchDB’s own members', { ...good, _strange: 1 }, /^shape: Bad special document member/],
	[
		'a record with a history',
		{ ...good, _rev: '2-a', _revisions: { start: 2, ids: ['a', 'b'] } },
		/^shape: /
	],
	['a record under another revision', { ...good, _rev: '1-abc' }, /^shape: expected 1-/],
	['a record of another author', checkInRecord(5, 'wang'), /^author: sent by li \(\/author\)$/],
	[
		'a record of another grid',
		movedTo('qianmen/caochang/g4/c1/h1'),
		/^scope: belongs in zg-qianmen-caochang-g4/
	],
	['a kind that workers do not write', courtyard(), /^rights: no role here writes courtyard \(\/kind\)$/],
	['a deletion', { _id: good._id, _rev: '2-a', _deleted: true }, /^rights: records are never deleted/],
	['a design document', { _id: '_design/x', _rev: '1-a' }, /^rights: design documents/],
	['a document that is no record', { _id: 'x', _rev: '1-a', v: 1 }, /^shape: /],
	['a document without an id', { v: 1 }, /^shape: /],
	['a photo of other bytes', { ...photoOf(webpBytes(1)), _id: photoOf(webpBytes(2))._id }, /^hash: /],
	['a photo of no known type', photoOf(Buffer.from('GIF89a')), /^shape: not of the type it names/],
	['a photo that names the wrong type', photoOf(webpBytes(1), 'image/jpeg'), /^shape: not of the type/],
	['a photo of more than 1 MiB', photoOf(webpBytes(1, 1024 * 1024 + 1)), /^bounds: /],
	['a photo with more in it', { ...photoOf(webpBytes(1)), note: 'x' }, /^shape: unknown field \(\/note\)$/],
	['a photo with two files', { ...photoOf(webpBytes(1)), _attachments: { photo, more: photo } }, /^shape: /],
	[
		'a photo without its bytes',
		{ ...photoOf(webpBytes(1)), _attachments: { photo: { stub: true } } },
		/^shape: /
	],
	[
		'a prototype in disguise',
		JSON.parse(`{"_id":"x","_rev":"1-a","__proto__":{"kind":"check-in"}}`),
		/^shape: /
	]
];

function movedTo(household: string): Revision {
	const entity = `${household.replaceAll('/', '.')}.2026-01-01`;
	return seal({ ...good, scope: toScope(household), entity });
}

function courtyard(): Revision {
	const scope = toScope('qianmen/caochang/g3/c12');
	return seal({
		...good,
		kind: 'courtyard',
		scope,
		entity: 'qianmen.caochang.g3.c12',
		body: { name: '草厂三条12号' }
	});
}

async function ids(): Promise<unknown> {
	const { body } = await worker.get(`${gridDatabase}/_all_docs`);
	return body;
}

describe.each(bad)('%s', (_what, doc, reason) => {
	const nine = checkInRecords(9, 'li', 10);
	const refusal = { error: 'forbidden', reason: matching(reason) };

	it.each([false, true])('is refused alone among ten in _bulk_docs with new_edits %s', async (newEdits) => {
		const docs = [...nine.slice(0, 4), doc, ...nine.slice(4)];
		const answer = await worker.send('POST', `${gridDatabase}/_bulk_docs`, { docs, new_edits: newEdits });
		expect(answer.status).toBe(201);
		const stored = nine.map(({ _id, _rev }) => ({ ok: true, id: _id, rev: _rev }));
		const refused = containing(refusal);
		expect(answer.body).toEqual(newEdits ? [...stored.slice(0, 4), refused, ...stored.slice(4)] : [refused]);
		expect(await ids()).toMatchObject({ total_rows: 9 });
	});

	it('is refused by POST and by PUT, with new edits and without', async () => {
		const id = '_id' in doc && typeof doc._id === 'string' ? doc._id : 'x';
		const path = `${gridDatabase}/${encodeURIComponent(id)}`;
		for (const answer of [
			await worker.send('POST', gridDatabase, doc),
			await worker.send('PUT', path, doc),
			await worker.send('PUT', `${path}?new_edits=false`, doc)
		]) {
			expect(answer).toMatchObject({ status: 403, body: refusal });
		}
		expect(await ids()).toMatchObject({ total_rows: 0 });
	});
});

test('attachments cannot be put on a record, nor taken from a photo', async () => {
	const picture = photoOf(webpBytes(3));
	await worker.send('POST', `${gridDatabase}/_bulk_docs`, { docs: [good, picture], new_edits: false });
	for (const { _id, _rev } of [good, picture]) {
		const path = `${gridDatabase}/${encodeURIComponent(_id)}/photo?rev=${_rev}`;
		const put = await worker.raw(path, {
			method: 'PUT',
			body: 'other',
			headers: { 'Content-Type': 'image/webp' }
		});
		expect(put.status).toBe(403);
	}
	const path = `${gridDatabase}/${encodeURIComponent(picture._id)}/photo?rev=${picture._rev}`;
	expect((await worker.send('DELETE', path)).status).toBe(403);
	const bytes = await worker.raw(path, {});
	expect(Buffer.from(await bytes.arrayBuffer())).toEqual(webpBytes(3));
	expect(bytes.headers.get('Cache-Control')).toBe('no-store');
});

test('a record cannot be deleted, not even by an administrator', async () => {
	await worker.send('POST', gridDatabase, good);
	const path = `${gridDatabase}/${encodeURIComponent(good._id)}`;
	for (const client of [worker, admin]) {
		expect((await client.send('DELETE', `${path}?rev=${good._rev}`)).status).toBe(403);
	}
	expect((await worker.get(path)).body).toEqual(good);
});

test('a record is stored under its own revision; once more it is a conflict, or nothing', async () => {
	const path = `${gridDatabase}/${encodeURIComponent(good._id)}`;
	const stored = { ok: true, id: good._id, rev: good._rev };
	expect(await worker.send('PUT', path, good)).toMatchObject({ status: 201, body: stored });
	expect(await worker.send('PUT', path, good)).toMatchObject({ status: 409, body: { error: 'conflict' } });
	expect(await worker.send('POST', gridDatabase, good)).toMatchObject({ status: 409 });
	expect(await worker.send('PUT', `${path}?new_edits=false`, good)).toMatchObject({
		status: 201,
		body: stored
	});
	const again = await worker.send('POST', `${gridDatabase}/_bulk_docs`, { docs: [good], new_edits: false });
	expect(again).toMatchObject({ status: 201, body: [] });
	expect((await worker.get(path)).body).toEqual(good);
});

test('an administrator restores records of others, whose content must still be whole', async () => {
	const path = `${gridDatabase}/_bulk_docs`;
	const answer = await admin.send('POST', path, { docs: [good, tampered], new_edits: false });
	expect(answer.body).toEqual([containing({ id: good._id, reason: matching(/^hash/) })]);
	expect(await ids()).toMatchObject({ total_rows: 1 });
});

test('a photo comes by multipart as well, and is checked just so', async () => {
	const bytes = webpBytes(4);
	const { _id, _rev } = photoOf(bytes);
	const doc = {
		_id,
		_rev,
		_attachments: { photo: { follows: true, content_type: 'image/webp', length: bytes.length } }
	};
	const put = (data: Buffer) =>
		worker.raw(`${gridDatabase}/${encodeURIComponent(_id)}?new_edits=false`, {
			method: 'PUT',
			headers: { 'Content-Type': 'multipart/related; boundary="b"' },
			body: Buffer.concat([
				Buffer.from(`--b\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(doc)}\r\n--b\r\n\r\n`),
				data,
				Buffer.from('\r\n--b--')
			])
		});
	expect((await put(webpBytes(5))).status).toBe(403);
	expect((await put(bytes)).status).toBe(201);
	const stored = await worker.raw(`${gridDatabase}/${encodeURIComponent(_id)}/photo`, {});
	expect(Buffer.from(await stored.arrayBuffer())).toEqual(bytes);
});
