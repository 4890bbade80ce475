import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { clientOf } from '../../sync-server/client.ts';

function incoming(from: string, headers: Readonly<Record<string, string>>): IncomingMessage {
	const socket = new Socket();
	Object.defineProperty(socket, 'remoteAddress', { value: from });
	const message = new IncomingMessage(socket);
	Object.assign(message.headers, { host: 'zg.example:8787', ...headers });
	return message;
}

const forwarded = {
	'x-forwarded-for': '6.6.6.6, 198.51.100.7, 10.0.0.2',
	'x-forwarded-proto': 'https',
	'x-forwarded-host': 'ZG.example'
};

test('nobody’s word is taken for where a request comes from, unless told to', () => {
	expect(clientOf(incoming('10.0.0.1', forwarded), 0)).toEqual({
		address: '10.0.0.1',
		secure: false,
		host: 'zg.example:8787',
		local: false
	});
});

test.each([
	[1, '10.0.0.2'],
	[2, '198.51.100.7'],
	[3, '6.6.6.6'],
	[9, '6.6.6.6']
])('with %i proxies the client is that many from the end', (proxies, address) => {
	expect(clientOf(incoming('10.0.0.1', forwarded), proxies)).toEqual({
		address,
		secure: true,
		host: 'zg.example',
		local: false
	});
});

test('a proxy that adds nothing changes nothing', () => {
	expect(clientOf(incoming('10.0.0.1', {}), 1)).toMatchObject({ address: '10.0.0.1', secure: false });
});

test.each([
	['127.0.0.1', {}, true],
	['::1', {}, true],
	['::ffff:127.0.0.1', {}, true],
	['192.168.1.5', {}, false],
	['127.0.0.1', { 'x-forwarded-for': '198.51.100.7' }, false],
	['127.0.0.1', { forwarded: 'for=198.51.100.7' }, false]
])('a request from %s with %o is this machine’s own: %s', (from, headers, local) => {
	expect(clientOf(incoming(from, headers), 0).local).toBe(local);
});
