import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { basic, startServer, type TestServer } from '../../serve.ts';

let server: TestServer;
beforeAll(async () => {
	server = await startServer();
});
afterAll(() => server.remove());

function setUp(on: TestServer, fields: Readonly<Record<string, unknown>>): Promise<Response> {
	return fetch(`${on.url}/api/setup`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ token: on.setupToken, ...on.admin, subdistrict: 'qianmen', ...fields })
	});
}

function isOpen(on: TestServer, token: string | undefined): Promise<Response> {
	return fetch(`${on.url}/api/setup`, { headers: { Authorization: `Bearer ${token}` } });
}

test('the first administrator is made once, with the link of the latest start', async () => {
	const first = server.setupToken;
	expect((await isOpen(server, first)).status).toBe(200);
	expect((await isOpen(server, 'guessed')).status).toBe(404);
	await server.stop();

	server = await server.restart();
	expect(server.setupToken).not.toBe(first);
	expect((await isOpen(server, first)).status).toBe(404);
	expect((await setUp(server, { token: first })).status).toBe(404);

	for (const fields of [
		{ password: 'short' },
		{ name: 'a b' },
		{ subdistrict: 'qianmen/caochang' },
		{ subdistrict: '前门' },
		{ password: undefined }
	]) {
		const response = await setUp(server, fields);
		expect([400, 403]).toContain(response.status);
		expect(await response.json()).toHaveProperty('reason');
	}

	const both = await Promise.all([setUp(server, {}), setUp(server, { name: 'rival' })]);
	expect(both.map(({ status }) => status).filter((status) => status === 201)).toHaveLength(1);
	const made = both[0]?.status === 201 ? server.admin : { ...server.admin, name: 'rival' };
	const session = await fetch(`${server.url}/db/_session`, { headers: basic(made) });
	expect(await session.json()).toMatchObject({
		userCtx: { name: made.name, roles: ['_admin', 'office:qianmen'] }
	});

	expect((await isOpen(server, server.setupToken)).status).toBe(404);
	await server.stop();
	server = await server.restart();
	expect(server.setupToken).toBeUndefined();
});

test('tries are limited', async () => {
	const fresh = await startServer();
	const tries = Array.from({ length: 12 }, (_, index) => isOpen(fresh, `guess${index}`));
	const answers = await Promise.all(tries);
	const waits = answers.filter(({ status }) => status === 429);
	expect(waits).toHaveLength(2);
	expect(Number(waits[0]?.headers.get('Retry-After'))).toBeGreaterThan(0);
	await fresh.remove();
});

test('what the server keeps is its own alone, and holds neither the token nor a password', async () => {
	const fresh = await startServer({ env: { LOG_LEVEL: 'trace' } });
	const token = fresh.setupToken ?? '';
	expect(token.length).toBeGreaterThanOrEqual(32);
	expect((await isOpen(fresh, token)).status).toBe(200);
	expect(await readFile(join(fresh.dataDir, 'setup.json'), 'utf8')).not.toContain(token);
	await fresh.setup();
	await fresh.stop();
	expect((await stat(fresh.dataDir)).mode & 0o777).toBe(0o700);
	for (const entry of await readdir(fresh.dataDir, { recursive: true, withFileTypes: true })) {
		const path = join(entry.parentPath, entry.name);
		expect([path, (await stat(path)).mode & 0o077]).toEqual([path, 0]);
		if (entry.isFile()) expect(await readFile(path, 'latin1')).not.toContain(fresh.admin.password);
	}
	const log = fresh.output().split('\n').slice(2).join('\n');
	expect(log).toContain('/api/setup');
	expect(log).not.toContain(token);
	expect(log).not.toContain(fresh.admin.password);
	await fresh.remove();
});
