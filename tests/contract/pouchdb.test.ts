import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import httpAdapter from 'pouchdb-adapter-http';
import leveldbAdapter from 'pouchdb-adapter-leveldb';
import PouchDB from 'pouchdb-core';
import replication, { type Replication } from 'pouchdb-replication';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { basic, createAccount, startServer, type Login, type TestServer } from '../serve.ts';
import {
	checkInRecord,
	checkInRecords,
	gridDatabase,
	gridRole,
	photoOf,
	webpBytes
} from './field-records.ts';
import { matching } from './matching.ts';

const Pouch = PouchDB.plugin(httpAdapter).plugin(leveldbAdapter).plugin(replication);

let server: TestServer;
let li: Login;
let wang: Login;
let folder: string;

beforeAll(async () => {
	server = await startServer();
	await server.setup();
	li = await createAccount(server, 'li', [gridRole]);
	wang = await createAccount(server, 'wang', [gridRole]);
});
afterAll(() => server.remove());

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'zhonggeng-pouch-'));
	for (const name of ['shelf', gridDatabase]) {
		for (const method of ['DELETE', 'PUT']) {
			await fetch(`${server.url}/db/${name}`, { method, headers: basic(server.admin) });
		}
	}
});

const open: PouchDB[] = [];
afterEach(async () => {
	await Promise.all(open.splice(0).map((database) => database.close()));
	await rm(folder, { recursive: true });
});

function local(name: string): PouchDB {
	const database = new Pouch(join(folder, name), { adapter: 'leveldb' });
	open.push(database);
	return database;
}

function remote(name: string, { name: username, password }: Login): PouchDB {
	return new Pouch(`${server.url}/db/${name}`, { adapter: 'http', auth: { username, password } });
}

/** Ids, leaves and contents, attachments included: what two databases must agree on. */
async function contentsOf(database: PouchDB): Promise<unknown> {
	const { results } = await database.changes({ style: 'all_docs' });
	const docs = results.map(async ({ id }) => {
		const leaves = await database.get(id, { open_revs: 'all', revs: true, attachments: true });
		return leaves.map((leaf) => JSON.stringify(leaf, sortedKeys)).sort();
	});
	return (await Promise.all(docs)).map((leaves) => leaves.join()).sort();
}

function sortedKeys(key: string, value: unknown): unknown {
	// The number of the revision that brought an attachment is each database's own.
	if (key === 'revpos') return undefined;
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe('a scope database', () => {
	const photos = [photoOf(webpBytes(1)), photoOf(webpBytes(2, 200_000)), photoOf(webpBytes(3))];

	it('replicates both ways, photos included, and again without anything to do', async () => {
		const phone = local('phone');
		await phone.bulkDocs([...photos, ...checkInRecords(150, 'li')], { new_edits: false });
		const pushed = await Pouch.replicate(phone, remote(gridDatabase, li));
		expect(pushed).toMatchObject({ ok: true, docs_written: 153, doc_write_failures: 0 });

		const wangPhone = local('wang');
		await wangPhone.bulkDocs([...checkInRecords(50, 'wang', 500)], { new_edits: false });
		expect(await Pouch.replicate(wangPhone, remote(gridDatabase, wang))).toMatchObject({ docs_written: 50 });
		expect(await Pouch.replicate(remote(gridDatabase, wang), wangPhone)).toMatchObject({ docs_written: 153 });
		expect(await Pouch.replicate(remote(gridDatabase, li), phone)).toMatchObject({ docs_written: 50 });
		expect(await contentsOf(wangPhone)).toEqual(await contentsOf(phone));
		expect(await contentsOf(remote(gridDatabase, li))).toEqual(await contentsOf(phone));

		expect(await Pouch.replicate(phone, remote(gridDatabase, li))).toMatchObject({ docs_written: 0 });
		expect(await Pouch.replicate(remote(gridDatabase, li), phone)).toMatchObject({
			docs_read: 0,
			docs_written: 0
		});
	});

	it('keeps what is good of a push and tells what is not', async () => {
		const phone = local('phone');
		const forged = { ...checkInRecord(7, 'li'), author: 'wang' };
		await phone.bulkDocs([...checkInRecords(5, 'li'), forged], { new_edits: false });
		const denied: unknown[] = [];
		const push = Pouch.replicate(phone, remote(gridDatabase, li));
		void push.on('denied', (error) => denied.push(error));
		expect(await push).toMatchObject({ docs_written: 5, doc_write_failures: 1 });
		expect(denied).toMatchObject([{ id: forged._id, name: 'forbidden', reason: matching(/^hash: /) }]);
	});

	it('says which sequences hold nothing but what one push brought, however many push, and replicates on', async () => {
		const of = (who: Login, from: number) => checkInRecords(7, who.name, from);
		const pushes = Array.from({ length: 20 }, (_, index) => {
			const who = index % 2 === 0 ? li : wang;
			return { who, docs: of(who, index * 10) };
		});
		const ranges = await Promise.all(pushes.map(({ who, docs }) => pushedRange(who, docs)));
		const office = remote(gridDatabase, server.admin);
		const { results } = await office.changes({});
		for (const [index, { docs }] of pushes.entries()) {
			const [first, last] = ranges[index] ?? [];
			const there = results.filter(({ seq }) => Number(seq) >= Number(first) && Number(seq) <= Number(last));
			expect(there.map(({ id }) => id)).toEqual(docs.map(({ _id }) => _id));
		}
		const [old, fresh] = [of(li, 0), of(li, 1_000)];
		expect(await pushedRange(li, old)).toBeUndefined();
		expect(await pushedRange(li, photos)).toBeUndefined();
		const [first, last] = (await pushedRange(li, [...old, ...fresh])) ?? [];
		expect(Number(last) - Number(first) + 1).toBe(fresh.length);

		const pulled = await Pouch.replicate(remote(gridDatabase, wang), local('phone'));
		expect(pulled).toMatchObject({ ok: true, docs_written: 147 + photos.length });
	});

	it('follows live, both ways', async () => {
		const phone = local('phone');
		const office = local('office');
		const push = Pouch.replicate(phone, remote(gridDatabase, li), { live: true });
		const pull = Pouch.replicate(remote(gridDatabase, server.admin), office, { live: true });
		for (const docs of [checkInRecords(3, 'li'), photos, checkInRecords(2, 'li', 10)]) {
			const arrived = arrival(office, new Set(docs.map(({ _id }) => _id)));
			await phone.bulkDocs(docs, { new_edits: false });
			await arrived;
		}
		expect(await contentsOf(office)).toEqual(await contentsOf(phone));
		await Promise.all([cancelled(push), cancelled(pull)]);
	});
});

/** Pushes as replicators do: what the answer says of sequences, without the identity. */
async function pushedRange(who: Login, docs: readonly object[]): Promise<readonly string[] | undefined> {
	const response = await fetch(`${server.url}/db/${gridDatabase}/_bulk_docs`, {
		method: 'POST',
		headers: { ...basic(who), 'Content-Type': 'application/json' },
		body: JSON.stringify({ docs, new_edits: false })
	});
	expect(await response.json()).toEqual([]);
	const { uuid } = await remote(gridDatabase, who).info();
	return response.headers
		.get('Zhonggeng-Sequences')
		?.replace(` ${String(uuid)}`, '')
		.split('-');
}

/** Settles when the database has all of `ids`. */
function arrival(database: PouchDB, ids: Set<string>): Promise<void> {
	return new Promise((resolve, reject) => {
		const feed = database.changes({ live: true, since: 0 });
		void feed.on('change', ({ id }) => {
			ids.delete(id);
			if (ids.size > 0) return;
			feed.cancel();
			resolve();
		});
		void feed.on('error', reject);
	});
}

async function cancelled(replicating: Replication): Promise<void> {
	const complete = new Promise<void>((resolve) => {
		void replicating.on('complete', () => resolve());
	});
	replicating.cancel();
	await complete;
}

describe('an ordinary database', () => {
	it('replicates conflicts, deletions and attachments', async () => {
		const here = local('here');
		const there = remote('shelf', server.admin);
		const text = Buffer.from('a page 一');
		await here.put({ _id: 'book', v: 1, _attachments: { page: { content_type: 'text/plain', data: text } } });
		await here.put({ _id: 'gone', v: 1 });
		await Pouch.replicate(here, there);

		const mine = await here.get('book');
		const theirs = await there.get('book', { attachments: true });
		await here.put({ ...mine, v: 'here' });
		await there.put({ ...theirs, v: 'there' });
		const gone = await there.get('gone');
		await there.remove('gone', gone._rev);
		await there.putAttachment('new', 'empty', '', Buffer.alloc(0), 'text/plain');
		await Pouch.replicate(there, here);
		await Pouch.replicate(here, there);

		expect(await contentsOf(there)).toEqual(await contentsOf(here));
		for (const database of [here, there]) {
			const book = await database.get('book', { conflicts: true });
			expect(book['_conflicts']).toHaveLength(1);
			await expect(database.get('gone')).rejects.toMatchObject({ status: 404, reason: 'deleted' });
			const page = await database.getAttachment('book', 'page');
			expect((await bytesOf(page)).equals(text)).toBe(true);
		}
	});

	it('replicates only the documents named', async () => {
		const there = remote('shelf', server.admin);
		await there.bulkDocs([{ _id: 'a' }, { _id: 'b' }, { _id: 'c' }]);
		const here = local('here');
		await Pouch.replicate(there, here, { doc_ids: ['a', 'c'] });
		const { rows } = await here.allDocs();
		expect(rows.map(({ key }) => key)).toEqual(['a', 'c']);
	});
});

async function bytesOf(data: Blob | Buffer): Promise<Buffer> {
	return Buffer.isBuffer(data) ? data : Buffer.from(await data.arrayBuffer());
}
