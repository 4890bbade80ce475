import { once } from 'node:events';
import { Agent } from 'node:http';
import { connect, type Socket } from 'node:net';
import { readdir } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { couchClient, type CouchClient } from '../contract/couch-client.ts';
import { gridDatabase, gridRole } from '../contract/field-records.ts';
import { basic, createAccount, startServer, type Login, type TestServer } from '../serve.ts';
import { send } from './raw-request.ts';

let server: TestServer;
let admin: CouchClient;
let worker: Login;
let agent: Agent;

beforeAll(async () => {
	server = await startServer();
	await server.setup();
	admin = couchClient(server, server.admin);
	worker = await createAccount(server, 'li', [gridRole]);
	await admin.send('PUT', gridDatabase);
	agent = new Agent({ keepAlive: true });
});
afterAll(async () => {
	agent.destroy();
	await server.remove();
});

const mebibyte = 1024 * 1024;
const json = { 'Content-Type': 'application/json' };

async function statusOf(method: string, path: string, headers: Record<string, string> = {}, body = '') {
	const answer = await send(server.port, agent, { method, path, headers, body }, 30_000);
	return answer.outcome === 'answered' ? answer.status : answer.outcome;
}

describe('requests that are too large', () => {
	it.each([
		['/db/_session', 17 * 1024],
		['/api/setup', 17 * 1024],
		['/api/join', 17 * 1024],
		[`/db/${gridDatabase}/_bulk_docs`, 16 * mebibyte + 1]
	])('to %s are refused at %i bytes', async (path, size) => {
		const body = ' '.repeat(size);
		const response = await fetch(server.url + path, {
			method: 'POST',
			headers: { ...json, ...basic(worker) },
			body
		});
		expect([path, response.status]).toEqual([path, 413]);
	});

	it('by their headers are refused before anyone looks at them', async () => {
		expect([431, 'hung-up']).toContain(await statusOf('GET', '/db/', { 'X-Long': 'x'.repeat(64 * 1024) }));
	});
});

it.each(['multipart/form-data', 'multipart/form-data; boundary=', 'multipart/form-data; boundary=x'])(
	'a login as a form that cannot be read (%s) is told so',
	async (type) => {
		expect(await statusOf('POST', '/db/_session', { 'Content-Type': type }, 'no form')).toBe(400);
	}
);

describe('JSON bombs', () => {
	it.each([
		['nesting', `{"docs":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, 201],
		['keys that are one prototype', '{"docs":[{"_id":"x","__proto__":{"roles":["_admin"]}}]}', 201],
		['a list of a million nothings', `{"docs":[${Array(1_000_000).fill('0').join()}]}`, 413]
	])('of %s cost a refusal, of the whole or of the document', async (_what, body, status) => {
		const headers = { ...json, ...basic(worker) };
		expect(await statusOf('POST', `/db/${gridDatabase}/_bulk_docs`, headers, body)).toBe(status);
		expect((await admin.get('_session')).status).toBe(200);
	});

	it('that are packed are not unpacked beyond the limit', async () => {
		const response = await fetch(`${server.url}/db/${gridDatabase}/_bulk_docs`, {
			method: 'POST',
			headers: { ...json, ...basic(worker), 'Content-Encoding': 'gzip' },
			body: new Uint8Array(gzipSync(Buffer.alloc(400 * mebibyte, ' ')))
		});
		expect(response.status).toBe(413);
	});
});

describe('paths and names of databases', () => {
	const climbs = ['..', '%2e%2e', '..%2f..', '%2e%2e%2f%2e%2e', '....//', '..%5c..', '%00', '.%2fsecret'];

	it('never lead out of the build or the folder of databases', async () => {
		const before = await readdir(server.dataDir, { recursive: true });
		const found: unknown[] = [];
		for (const climb of climbs) {
			for (const path of [`/${climb}/secret`, `/db/${climb}`, `/db/${gridDatabase}/${climb}/secret`]) {
				for (const method of ['GET', 'PUT', 'DELETE']) {
					const headers = { ...json, ...basic(worker) };
					const answer = await send(server.port, agent, { method, path, headers, body: '' }, 30_000);
					if (answer.outcome !== 'answered') continue;
					// The app's page stands at every address that is no file.
					const isPage = answer.type.startsWith('text/html') && answer.text.includes('id="app"');
					if (answer.status < 300 ? !isPage : answer.status >= 500) found.push([method, path, answer]);
				}
			}
		}
		expect(found).toEqual([]);
		expect(await readdir(server.dataDir, { recursive: true })).toEqual(before);
	});

	it.each([
		'a/../../b',
		'../up',
		'.hidden',
		'UPPER',
		'zg-Qianmen',
		'_replicator',
		'_anything',
		'x'.repeat(300),
		'a b'
	])('%j is no database an administrator can make', async (name) => {
		const path = `/db/${encodeURIComponent(name)}`;
		const status = await statusOf('PUT', path, basic(server.admin));
		expect([400, 404]).toContain(status === 201 ? await nameKept(name) : status);
	});

	/** CouchDB allows slashes within names: such a database must lie in the folder of databases, under a name without. */
	async function nameKept(name: string): Promise<number> {
		const files = await readdir(`${server.dataDir}/databases`);
		await admin.send('DELETE', encodeURIComponent(name));
		return files.every((file) => !file.includes('..') && !file.startsWith('.')) ? 400 : 201;
	}
});

describe('slow clients', () => {
	it('that never finish their headers are cut off, and others are answered meanwhile', async () => {
		const cutOff = Array.from({ length: 20 }, () => drip(connect(server.port, '127.0.0.1')));
		expect((await admin.get('_session')).status).toBe(200);
		await Promise.all(cutOff);
		expect((await admin.get('_session')).status).toBe(200);
	});

	it('that never finish their bodies, or never read their answers, keep nobody else waiting', async () => {
		const content = 'x'.repeat(mebibyte);
		await admin.send('PUT', 'shelf');
		for (const id of ['a', 'b', 'c', 'd']) await admin.send('PUT', `shelf/${id}`, { content });
		const { Authorization } = basic(server.admin);
		const head = (line: string) => `${line} HTTP/1.1\r\nHost: a\r\nAuthorization: ${Authorization}\r\n`;
		const body = `Content-Type: application/json\r\nContent-Length: ${8 * mebibyte}\r\n\r\n{"docs":[`;
		const slow = Array.from({ length: 20 }, () => begin(`${head('POST /db/shelf/_bulk_docs')}${body}`));
		// More than the system keeps for a connection: the server cannot be rid of it.
		const deaf = Array.from({ length: 20 }, () =>
			begin(`${head('GET /db/shelf/_all_docs?include_docs=true')}\r\n`)
		);
		await Promise.all([...slow, ...deaf].map((socket) => once(socket, 'connect')));
		for (const path of ['_session', 'shelf', 'shelf/_all_docs?include_docs=true'])
			expect((await admin.get(path)).status).toBe(200);
		for (const socket of [...slow, ...deaf]) socket.destroy();
		expect((await admin.get('shelf')).status).toBe(200);
	});

	/** Sends the beginning of a request and no more, and reads nothing. */
	function begin(sent: string): Socket {
		const socket = connect(server.port, '127.0.0.1').pause();
		socket.on('error', () => undefined); // it is left in the middle
		socket.write(sent);
		return socket;
	}

	/** Sends a byte now and then; settles when the server has closed the connection. */
	function drip(socket: Socket): Promise<void> {
		const { promise, resolve } = Promise.withResolvers<void>();
		socket.write('GET /db/ HTTP/1.1\r\nHost: a\r\nX-Slow: ');
		const dripping = setInterval(() => socket.write('x'), 500);
		socket.resume();
		socket.on('error', () => undefined); // cut off in the middle of a byte
		socket.on('close', () => {
			clearInterval(dripping);
			resolve();
		});
		return promise;
	}
});
