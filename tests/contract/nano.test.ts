import nano, { type ServerScope } from 'nano';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type TestServer } from '../serve.ts';

let server: TestServer;
beforeAll(async () => {
	server = await startServer();
	await server.setup();
});
afterAll(() => server.remove());

/** nano takes the last segment of an address for a database unless told not to. */
function connect(): ServerScope {
	const options = { url: `${server.url}/db`, parseUrl: false };
	return nano(options);
}

interface Book {
	title: string;
	pages?: number;
}

it('logs in, creates, writes, reads, lists, follows and destroys', async () => {
	const couch = connect();
	expect(await couch.auth(server.admin.name, server.admin.password)).toMatchObject({ ok: true });
	expect(await couch.session()).toMatchObject({
		userCtx: { name: server.admin.name, roles: ['_admin', 'office:qianmen'] }
	});

	expect(await couch.db.create('shelf')).toEqual({ ok: true });
	expect(await couch.db.list()).toEqual(expect.arrayContaining(['_users', 'shelf']));
	await expect(couch.db.create('shelf')).rejects.toMatchObject({ statusCode: 412, error: 'file_exists' });
	const shelf = couch.use<Book>('shelf');

	const first = await shelf.insert({ title: '一' }, 'one');
	expect(first).toMatchObject({ ok: true, id: 'one' });
	const second = await shelf.insert({ title: '壹', _rev: first.rev, _id: 'one' });
	await expect(shelf.insert({ title: 'x' }, 'one')).rejects.toMatchObject({
		statusCode: 409,
		error: 'conflict'
	});
	const { _rev: rev, ...one } = await shelf.get('one', { revs_info: true });
	expect([rev, one]).toEqual([
		second.rev,
		{
			_id: 'one',
			title: '壹',
			_revs_info: [
				{ rev: second.rev, status: 'available' },
				{ rev: first.rev, status: 'available' }
			]
		}
	]);

	const bulk = await shelf.bulk({
		docs: [{ _id: 'two', title: '二' }, { _id: 'one', title: 'x' }, { title: 'unnamed' }]
	});
	expect(bulk).toMatchObject([{ ok: true, id: 'two' }, { id: 'one', error: 'conflict' }, { ok: true }]);

	const cover = Buffer.from([0, 255, 13, 10, 1]);
	const attached = await shelf.attachment.insert('two', 'cover', cover, 'image/webp', {
		rev: bulk[0]?.rev ?? ''
	});
	expect(await shelf.attachment.get('two', 'cover')).toEqual(cover);
	const both = await shelf.multipart.insert(
		{ title: '三' },
		[
			{ name: 'a.txt', data: 'a text', content_type: 'text/plain' },
			{ name: 'b.bin', data: cover, content_type: 'application/octet-stream' }
		],
		'three'
	);
	expect(both).toMatchObject({ ok: true, id: 'three' });
	expect(String(await shelf.attachment.get('three', 'a.txt'))).toBe('a text');
	expect(await shelf.attachment.get('three', 'b.bin')).toEqual(cover);
	await shelf.attachment.destroy('two', 'cover', { rev: attached.rev });

	const list = await shelf.list({ include_docs: true, startkey: 'one', endkey: 'two' });
	expect(list.rows.map(({ id, doc }) => [id, doc?.title])).toEqual([
		['one', '壹'],
		['three', '三'],
		['two', '二']
	]);
	const fetched = await shelf.fetch({ keys: ['two', 'none'] });
	expect(fetched.rows).toMatchObject([
		{ id: 'two', doc: { title: '二' } },
		{ key: 'none', error: 'not_found' }
	]);

	const changes = await shelf.changes({ include_docs: true });
	expect(changes.last_seq).toBe((await shelf.info()).update_seq);
	expect(await shelf.destroy('one', second.rev)).toMatchObject({ ok: true });
	await expect(shelf.get('one')).rejects.toMatchObject({ statusCode: 404, reason: 'deleted' });
	expect((await shelf.changes({ since: String(changes.last_seq) })).results).toMatchObject([
		{ id: 'one', deleted: true }
	]);

	expect(await couch.db.destroy('shelf')).toEqual({ ok: true });
	await expect(shelf.info()).rejects.toMatchObject({ statusCode: 404, error: 'not_found' });
});

it('follows a database as it changes', async () => {
	const couch = connect();
	await couch.auth(server.admin.name, server.admin.password);
	await couch.db.create('followed');
	const followed = couch.use<Book>('followed');
	const { promise, resolve, reject } = Promise.withResolvers<string>();
	followed.changesReader
		.start({ since: '0' })
		.on('change', (change: { id: string }) => resolve(change.id))
		.on('error', reject);
	await followed.insert({ title: '新' }, 'new');
	expect(await promise).toBe('new');
	followed.changesReader.stop();
});
