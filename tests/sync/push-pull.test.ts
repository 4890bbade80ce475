import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../serve.ts';
import { asAdmin, newPhone, type Phone } from './phone.ts';
import { checkIn, checkIns, gridDatabase, webp, workerRole } from './records.ts';

const otherGrid = 'qianmen/caochang/g4';
const otherDatabase = 'zg-qianmen-caochang-g4';

let server: TestServer;
let phones = 0;
let li: Phone;
let wang: Phone;

beforeAll(async () => {
	server = await startServer();
	await server.setup();
});
afterAll(() => server.remove());

beforeEach(async () => {
	const databases = await asAdmin(server, 'GET', '_all_dbs');
	if (Array.isArray(databases) && databases.includes(gridDatabase))
		await asAdmin(server, 'DELETE', gridDatabase);
	await asAdmin(server, 'PUT', gridDatabase);
	phones += 1;
	li = await newPhone(server, `li${phones}`, [workerRole]);
	wang = await newPhone(server, `wang${phones}`, [workerRole]);
});

const ofLi = () => ({ author: li.account });

describe('push', () => {
	test('waiting records reach the server and another phone, as they are', async () => {
		const records = checkIns(3, 0, ofLi());
		li.store.save(records);
		expect(await li.sync()).not.toHaveProperty('trouble');
		expect(records.map(({ _id }) => li.store.delivery(_id)?.state)).toEqual(Array(3).fill('delivered'));
		await wang.sync();
		expect([...wang.store.revisions.values()]).toEqual(records);
	});

	test('a record the server will not take is refused with its words, the rest of the batch delivered', async () => {
		const [first, last] = checkIns(2, 0, ofLi());
		const outside = checkIn(5, { ...ofLi(), scope: 'qianmen/caochang/g3/c12' });
		if (!first || !last) throw new Error('two records');
		li.store.save([first, outside, last]);
		await li.sync();
		expect(li.store.delivery(first._id)?.state).toBe('delivered');
		expect(li.store.delivery(last._id)?.state).toBe('delivered');
		expect(li.store.delivery(outside._id)).toMatchObject({ state: 'refused', reason: /^body: / });
	});

	test('pushing again what the server has changes nothing', async () => {
		const records = checkIns(2, 0, ofLi());
		li.store.save(records);
		await li.sync();
		await li.store.offerAgain(gridDatabase);
		await li.sync();
		expect(await asAdmin(server, 'GET', gridDatabase)).toMatchObject({ doc_count: 2, update_seq: 2 });
	});

	test('a photo arrives before the record that shows it, and can be fetched by the other phone', async () => {
		const photo = webp(1);
		const record = checkIn(0, { ...ofLi(), photos: [photo.hash] });
		li.store.save([record], [photo]);
		await li.sync();
		const sent = li.seen.filter(({ path }) => path.endsWith('_bulk_docs'));
		expect(sent).toHaveLength(2);
		const feed = await asAdmin(server, 'GET', `${gridDatabase}/_changes`);
		expect(feed).toMatchObject({ results: [{ id: `photo:${photo.hash}` }, { id: record._id }] });
		await wang.sync();
		expect([...wang.store.revisions.keys()]).toEqual([record._id]);
		expect(wang.damaged).toEqual([]);
	});

	test('photos go last: one that the line does not take holds up no record but those after it that have photos too', async () => {
		const [small, large] = [webp(7), webp(8)];
		const records = [
			checkIn(0, { ...ofLi(), photos: [small.hash] }),
			checkIn(1, ofLi()),
			checkIn(2, { ...ofLi(), photos: [large.hash] }),
			checkIn(3, ofLi()),
			checkIn(4, ofLi())
		];
		li.store.save(records, [small, large]);
		li.weather = async (request, send) => {
			const lost =
				request.method === 'POST' && (await request.clone().text()).includes(`photo:${large.hash}`);
			if (lost) throw new TypeError('too slow');
			return send();
		};
		expect(await li.sync()).toMatchObject({ trouble: 'offline' });
		expect(records.map(({ _id }) => li.store.delivery(_id)?.state)).toEqual([
			'delivered',
			'delivered',
			'waiting',
			'delivered',
			'delivered'
		]);
		const feed = await asAdmin(server, 'GET', `${gridDatabase}/_changes`);
		const order = [records[1], records[3], records[4]].map((record) => ({ id: record?._id }));
		expect(feed).toMatchObject({
			results: [...order, { id: `photo:${small.hash}` }, { id: records[0]?._id }]
		});
	});

	test('a photo named in two databases arrives in both', async () => {
		await asAdmin(server, 'PUT', otherDatabase);
		const chen = await newPhone(server, `chen-${phones}`, [workerRole, `worker:${otherGrid}`]);
		const photo = webp(9);
		const named = { author: chen.account, photos: [photo.hash] };
		chen.store.save([checkIn(0, named)], [photo]);
		await chen.sync();
		chen.store.save(
			[checkIn(1, { ...named, scope: `${otherGrid}/c1/h1` })],
			[{ ...photo, database: otherDatabase }]
		);
		expect(await chen.sync()).not.toHaveProperty('trouble');
		for (const database of [gridDatabase, otherDatabase])
			expect(await asAdmin(server, 'GET', database)).toMatchObject({ doc_count: 2 });
		await asAdmin(server, 'DELETE', otherDatabase);
	});

	test('a photo that cannot be sent keeps its record waiting, and no other', async () => {
		const photo = webp(2);
		const withPhoto = checkIn(0, { ...ofLi(), photos: [photo.hash] });
		const without = checkIn(1, ofLi());
		li.store.save([withPhoto, without], [photo]);
		li.weather = async (request, send) => {
			const photos = request.method === 'POST' && (await request.clone().text()).includes('photo:');
			return photos ? Response.json({ error: 'unknown_error', reason: 'disk' }, { status: 500 }) : send();
		};
		expect(await li.sync(1)).toMatchObject({ trouble: 'server' });
		expect(li.store.delivery(withPhoto._id)?.state).toBe('waiting');
		expect(li.store.delivery(without._id)?.state).toBe('delivered');
	});

	test('a photo the server refuses refuses its record, with the reason', async () => {
		const photo = { ...webp(3), type: 'image/jpeg' as const };
		const record = checkIn(0, { ...ofLi(), photos: [photo.hash] });
		li.store.save([record], [photo]);
		await li.sync();
		expect(li.store.delivery(record._id)).toMatchObject({ state: 'refused', reason: /^shape: / });
	});

	test('a batch too large for the server goes in halves', async () => {
		li.store.save(checkIns(20, 0, ofLi()));
		li.weather = async (request, send) => {
			const large = request.method === 'POST' && (await request.clone().text()).length > 4_000;
			return large ? Response.json({ error: 'too_large', reason: 'body' }, { status: 413 }) : send();
		};
		await li.sync();
		expect(await li.store.counts()).toEqual({ waiting: 0, refused: 0 });
		expect(await asAdmin(server, 'GET', gridDatabase)).toMatchObject({ doc_count: 20 });
	});

	test('a record on which the server fails does not hold up the others', async () => {
		const records = checkIns(50, 0, ofLi());
		const poison = records[17];
		if (!poison) throw new Error('fifty records');
		li.store.save(records);
		li.weather = async (request, send) => {
			const fails = request.method === 'POST' && (await request.clone().text()).includes(poison._id);
			return fails ? Response.json({ error: 'unknown_error', reason: 'bug' }, { status: 500 }) : send();
		};
		expect(await li.sync()).toMatchObject({ trouble: 'server' });
		expect(await li.store.counts()).toEqual({ waiting: 1, refused: 0 });
		expect(li.store.delivery(poison._id)?.state).toBe('waiting');
	});

	test('an answer lost on the way leaves records waiting, and the next push delivers them once', async () => {
		li.store.save(checkIns(5, 0, ofLi()));
		li.weather = async (request, send) => {
			const response = await send();
			if (request.url.endsWith('_bulk_docs')) throw new TypeError('connection reset');
			return response;
		};
		expect(await li.sync()).toMatchObject({ trouble: 'offline' });
		expect(await li.store.counts()).toEqual({ waiting: 5, refused: 0 });
		li.weather = (_request, send) => send();
		await li.sync();
		expect(await li.store.counts()).toEqual({ waiting: 0, refused: 0 });
		expect(await asAdmin(server, 'GET', gridDatabase)).toMatchObject({ doc_count: 5, update_seq: 5 });
	});

	test('for a missing database that only an office may make, records wait until it does', async () => {
		await asAdmin(server, 'DELETE', gridDatabase);
		await asAdmin(server, 'PUT', otherDatabase);
		const chen = await newPhone(server, `chen${phones}`, [workerRole, `worker:${otherGrid}`]);
		const photo = webp(6);
		const [first, , last] = checkIns(3, 0, { author: chen.account });
		const pictured = checkIn(1, { author: chen.account, photos: [photo.hash] });
		const elsewhere = checkIn(4, { author: chen.account, scope: `${otherGrid}/c1/h1` });
		if (!first || !last) throw new Error('three records');
		chen.store.save([first, pictured, last, elsewhere], [photo]);
		expect(await chen.sync(1)).toMatchObject({ trouble: 'forbidden' });
		expect(await chen.store.counts()).toEqual({ waiting: 3, refused: 0 });
		expect(chen.store.delivery(elsewhere._id)?.state).toBe('delivered');
		expect(
			chen.seen.filter(({ method, path }) => method === 'PUT' && path.endsWith(gridDatabase))
		).toHaveLength(1);
		await asAdmin(server, 'PUT', gridDatabase);
		expect(await chen.sync()).not.toHaveProperty('trouble');
		expect(await chen.store.counts()).toEqual({ waiting: 0, refused: 0 });
		expect(await asAdmin(server, 'GET', gridDatabase)).toMatchObject({ doc_count: 4 });
		await asAdmin(server, 'DELETE', otherDatabase);
	});

	test('an office makes the database that is missing', async () => {
		await asAdmin(server, 'DELETE', gridDatabase);
		const office = await newPhone(server, `office${phones}`, ['office:qianmen/caochang']);
		office.store.save([checkIn(0, { author: office.account })]);
		await office.sync();
		expect(await office.store.counts()).toEqual({ waiting: 0, refused: 0 });
		expect(await asAdmin(server, 'GET', gridDatabase)).toMatchObject({ doc_count: 1 });
	});

	test('with no session, or that of another account, everything waits', async () => {
		li.store.save([checkIn(0, ofLi())]);
		const { wire } = li;
		li.wire = wang.wire;
		expect(await li.sync()).toMatchObject({ trouble: 'signed-out' });
		li.wire = { ...wire, fetch: (url, init) => fetch(url, init) };
		expect(await li.sync()).toMatchObject({ trouble: 'signed-out' });
		expect(await li.store.counts()).toEqual({ waiting: 1, refused: 0 });
	});
});

describe('pull', () => {
	test('goes on where it was cut off, with progress in numbers', async () => {
		for (let sent = 0; sent < 2_500; sent += 500) {
			li.store.save(checkIns(500, sent, ofLi()));
		}
		await li.sync();
		wang.weather = async (request, send) => {
			const pages = wang.seen.filter(({ path }) => path.includes('_changes')).length;
			if (request.url.includes('_changes') && pages >= 1) throw new TypeError('tunnel');
			return send();
		};
		expect(await wang.sync()).toMatchObject({ trouble: 'offline' });
		expect(wang.store.revisions.size).toBe(1_000);
		expect(wang.activities.at(-1)).toEqual({ state: 'fetching', done: 1_000, total: 2_500 });
		wang.weather = (_request, send) => send();
		wang.activities.length = 0;
		await wang.sync();
		expect(wang.store.revisions.size).toBe(2_500);
		expect(wang.activities.at(-1)).toEqual({ state: 'fetching', done: 1_500, total: 1_500 });
	});

	test('a record that does not match its hash is not stored, but counted', async () => {
		const [good, bad] = checkIns(2, 0, ofLi());
		if (!good || !bad) throw new Error('two records');
		li.store.save([good, bad]);
		await li.sync();
		wang.weather = async (request, send) => {
			const response = await send();
			if (!request.url.includes('_changes')) return response;
			const text = await response.text();
			const at = text.lastIndexOf('"quality":"correct"');
			return new Response(`${text.slice(0, at)}"quality":"mixed"${text.slice(at + 19)}`, response);
		};
		expect(await wang.sync()).not.toHaveProperty('trouble');
		expect([...wang.store.revisions.keys()]).toEqual([good._id]);
		expect(wang.damaged).toEqual([bad._id]);
	});

	test('what the server lost, every phone that delivered it brings back', async () => {
		const photo = webp(4);
		li.store.save([checkIn(0, { ...ofLi(), photos: [photo.hash] }), checkIn(1, ofLi())], [photo]);
		wang.store.save([checkIn(2, { author: wang.account })]);
		await li.sync();
		await wang.sync();
		await li.sync();
		await asAdmin(server, 'DELETE', gridDatabase);
		await asAdmin(server, 'PUT', gridDatabase);
		await li.sync();
		await wang.sync();
		await li.sync();
		expect(await asAdmin(server, 'GET', gridDatabase)).toMatchObject({ doc_count: 4 });
		expect(li.store.revisions.size).toBe(3);
		expect(wang.store.revisions.size).toBe(3);
	});

	test('a followed database that is gone is made anew and filled by an office that knew it', async () => {
		const office = await newPhone(server, `back${phones}`, ['office:qianmen/caochang']);
		office.store.save(checkIns(3, 0, { author: office.account }));
		await office.sync();
		await asAdmin(server, 'DELETE', gridDatabase);
		expect(await office.sync()).not.toHaveProperty('trouble');
		expect(await asAdmin(server, 'GET', gridDatabase)).toMatchObject({ doc_count: 3 });
	});
});
