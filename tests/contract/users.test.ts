import { afterAll, beforeAll, expect, test } from 'vitest';
import { isJsonObject } from '#records/json.ts';
import { createAccount, startServer, type Login, type TestServer } from '../serve.ts';
import { couchClient, type CouchClient } from './couch-client.ts';

let server: TestServer;
let admin: CouchClient;
let login: Login;
let li: CouchClient;

const own = '_users/org.couchdb.user:li';
const other = '_users/org.couchdb.user:wang';

beforeAll(async () => {
	server = await startServer();
	await server.setup();
	admin = couchClient(server, server.admin);
	login = await createAccount(server, 'li', ['worker:qianmen/caochang/g3']);
	await createAccount(server, 'wang', ['worker:qianmen/caochang/g4']);
	li = couchClient(server, login);
});
afterAll(() => server.remove());

async function ownDoc(): Promise<Record<string, unknown>> {
	const { body } = await li.get(own);
	if (!isJsonObject(body)) throw new TypeError('no document');
	return { ...body };
}

test('a user reads its own document, with no password in it, and no other', async () => {
	const doc = await ownDoc();
	expect(doc).toMatchObject({ name: 'li', type: 'user', roles: ['worker:qianmen/caochang/g3'] });
	expect(doc).not.toHaveProperty('password');
	for (const path of [
		other,
		'_users',
		'_users/_all_docs',
		'_users/_changes',
		`${own}/photo`,
		'_users/_local/x'
	]) {
		expect((await li.get(path)).status).toBe(403);
	}
});

test.each([
	['roles', { roles: ['_admin'] }],
	['name', { name: 'wang' }],
	['hash', { derived_key: '00' }],
	['a new member', { note: 'x' }]
])('a user cannot change its %s', async (_what, change) => {
	const answer = await li.send('PUT', own, { ...(await ownDoc()), ...change });
	expect(answer.status).toBe(403);
	expect(await ownDoc()).not.toMatchObject(change);
});

test('a user can neither delete its document nor write another’s', async () => {
	const { _rev } = await ownDoc();
	expect((await li.send('DELETE', `${own}?rev=${String(_rev)}`)).status).toBe(403);
	expect((await li.send('PUT', other, { ...(await ownDoc()), _id: 'org.couchdb.user:wang' })).status).toBe(
		403
	);
	expect((await li.send('POST', '_users/_bulk_docs', { docs: [] })).status).toBe(403);
	expect((await li.get(own)).status).toBe(200);
});

test('a user gives itself another password', async () => {
	const password = 'another brick-grey one';
	const answer = await li.send('PUT', own, { ...(await ownDoc()), password });
	expect(answer.status).toBe(201);
	expect((await li.get(own)).status).toBe(401);
	li = couchClient(server, { ...login, password });
	expect(await ownDoc()).not.toHaveProperty('password');
});

test('an administrator reads and removes any', async () => {
	const { body } = await admin.get(other);
	if (!isJsonObject(body) || typeof body['_rev'] !== 'string') throw new TypeError('no document');
	expect((await admin.send('DELETE', `${other}?rev=${body['_rev']}`)).status).toBe(200);
	expect(await admin.get(other)).toMatchObject({ status: 404, body: { reason: 'deleted' } });
});
