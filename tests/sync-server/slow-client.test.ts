import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { listen } from '../../sync-server/listen.ts';

test.each([
	['its headers', 'GET / HTTP/1.1\r\nHost: a\r\nX-Slow: '],
	['its body', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n']
])('a client that sends %s a byte at a time is cut off, the others are answered', async (_what, begun) => {
	const limits = {
		headersTimeout: 1_000,
		requestTimeout: 2_000,
		keepAliveTimeout: 100,
		connectionsCheckingInterval: 20
	};
	const config = { host: '127.0.0.1', port: 0, tls: undefined, maxConnections: 10 };
	const echo = async (request: Request) => new Response(`here ${await request.text()}`);
	const server = await listen(echo, config, limits);
	const slow = connect(Number(new URL(server.url).port), '127.0.0.1');
	slow.resume().on('error', () => undefined); // it hangs up while bytes are on their way
	const cutOff = new Promise<void>((resolve) => slow.on('close', () => resolve()));
	slow.write(begun);
	const dripping = setInterval(() => slow.write('x'), 10);
	expect(await (await fetch(server.url)).text()).toBe('here ');
	await cutOff;
	clearInterval(dripping);
	await server.close();
});
