import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAccount, startServer, type Login, type TestServer } from '../../serve.ts';
import { gridDatabase, send } from '../erasure/erased-household.ts';

let server: TestServer;
let worker: Login;

beforeAll(async () => {
	server = await startServer();
	await server.setup();
	await send(server, `/db/${gridDatabase}`, 'PUT');
	worker = await createAccount(server, 'worker1', ['worker:qianmen/caochang/g3']);
});
afterAll(() => server.remove());

async function put(id: string, doc: object, login = worker): Promise<number> {
	return (await send(server, `/db/${gridDatabase}/_local/${id}`, 'PUT', doc, login)).status;
}

test('an account has at most a hundred local documents in a database, and goes on with those it has', async () => {
	for (let number = 0; number < 100; number += 1) expect(await put(`n${number}`, { number })).toBe(201);
	expect(await put('one-more', {})).toBe(413);
	expect(await put('n7', { _rev: '0-1', number: 8 })).toBe(201);
	const other = await createAccount(server, 'worker', ['worker:qianmen/caochang/g3']);
	expect(await put('n0', {}, other)).toBe(201);
	expect(await put('one-more', {}, server.admin)).toBe(201);
	const last = `/db/${gridDatabase}/_local/n99?rev=0-1`;
	expect((await send(server, last, 'DELETE', undefined, worker)).status).toBe(200);
	expect(await put('one-more', {})).toBe(201);
});
