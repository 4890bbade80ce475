import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { listen } from '../../sync-server/listen.ts';

test('a client that sends its headers a byte at a time is cut off, the others are answered', async () => {
	const limits = {
		headersTimeout: 1_000,
		requestTimeout: 2_000,
		keepAliveTimeout: 100,
		connectionsCheckingInterval: 20
	};
	const config = { host: '127.0.0.1', port: 0, tls: undefined, maxConnections: 10 };
	const server = await listen(() => new Response('here'), config, limits);
	const slow = connect(Number(new URL(server.url).port), '127.0.0.1');
	slow.resume().on('error', () => undefined); // it hangs up while bytes are on their way
	slow.write('GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ');
	const dripping = setInterval(() => slow.write('x'), 10);
	expect(await (await fetch(server.url)).text()).toBe('here');
	await once(slow, 'close');
	clearInterval(dripping);
	await server.close();
});
