import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startServer } from '../serve.ts';

test('a request that takes too long is ended', async () => {
	const server = await startServer({ env: { REQUEST_SECONDS: '1', LOG_LEVEL: 'silent' } });
	const sent = request(`${server.url}/db/_session`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', 'Content-Length': 1000 }
	});
	sent.on('error', () => undefined); // the server hangs up on the rest
	sent.write('{"name":');
	const status = await new Promise((resolve) => {
		sent.once('response', (response) => resolve(response.resume().statusCode));
	});
	expect(status).toBe(504);
	sent.destroy();
	await server.remove();
});

test('more connections than there may be are turned away', async () => {
	const server = await startServer({ env: { MAX_CONNECTIONS: '2', LOG_LEVEL: 'silent' } });
	const idle = [connect(server.port, '127.0.0.1'), connect(server.port, '127.0.0.1')];
	await Promise.all(idle.map((socket) => once(socket, 'connect')));
	await expect(fetch(`${server.url}/_up`)).rejects.toThrow();
	for (const socket of idle) {
		socket.end();
		await once(socket.resume(), 'close');
	}
	expect((await fetch(`${server.url}/_up`)).status).toBe(200);
	await server.remove();
});

test('no bytes hurt', async () => {
	const server = await startServer({ env: { LOG_LEVEL: 'silent' } });
	for (const bytes of [
		'TRACE / HTTP/1.1\r\nHost: a\r\n\r\n',
		'GET / HTTP/1.1\r\n\r\n',
		'GET / HTTP/1.1\r\nHost: a b\r\n\r\n',
		'GET http:// HTTP/1.1\r\nHost: a\r\n\r\n',
		'POST /db/_session HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}',
		`GET / HTTP/1.1\r\nHost: a\r\nCookie: ${'x'.repeat(40_000)}\r\n\r\n`,
		'\0\0\0\0'
	]) {
		const socket = connect(server.port, '127.0.0.1');
		socket.end(bytes);
		await once(socket.resume(), 'close');
		expect((await fetch(`${server.url}/_up`)).status).toBe(200);
	}
	await server.remove();
});
