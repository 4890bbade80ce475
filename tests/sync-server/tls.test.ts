import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { request as requestPlain } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { selfSigned } from '../self-signed.ts';
import { startServer } from '../serve.ts';

interface Answer {
	readonly status: number | undefined;
	readonly headers: IncomingHttpHeaders;
}

interface Sent {
	/** The certificate to trust; undefined for plain HTTP. */
	readonly ca?: string;
	/** As a proxy would add them. */
	readonly headers?: Readonly<Record<string, string>>;
}

function post(url: string, body: object, { ca, headers }: Sent): Promise<Answer> {
	const options = { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers } };
	return new Promise((resolve, reject) => {
		const sent = ca === undefined ? requestPlain(url, options) : request(url, { ...options, ca });
		sent.once('response', (response) => {
			response.resume();
			resolve({ status: response.statusCode, headers: response.headers });
		});
		sent.once('error', reject).end(JSON.stringify(body));
	});
}

test('with a certificate the server speaks HTTPS, and its sessions nothing else', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'zhonggeng-tls-'));
	const { cert, key } = selfSigned(new Date());
	await writeFile(join(folder, 'cert.pem'), cert);
	await writeFile(join(folder, 'key.pem'), key);
	const server = await startServer({
		env: {
			TLS_CERT: join(folder, 'cert.pem'),
			TLS_KEY: join(folder, 'key.pem'),
			HOST: '127.0.0.1',
			LOG_LEVEL: 'silent'
		}
	});
	expect(server.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
	const setup = { token: server.setupToken, ...server.admin, subdistrict: 'qianmen' };
	expect(await post(`${server.url}/api/setup`, setup, { ca: cert })).toMatchObject({ status: 201 });
	const { status, headers } = await post(`${server.url}/db/_session`, server.admin, { ca: cert });
	expect(status).toBe(200);
	expect(String(headers['set-cookie'])).toContain('; Secure');
	expect(headers['strict-transport-security']).toBe('max-age=15552000');
	await expect(fetch(server.url)).rejects.toThrow();
	await expect(fetch(server.url.replace('https', 'http'))).rejects.toThrow();
	expect(await server.stop()).toBe(0);
	await server.remove();
	await rm(folder, { recursive: true });
});

test.each([
	[{}, false],
	[{ TRUST_PROXY: '1' }, true]
])('behind a proxy and with %o a session is for HTTPS alone: %s', async (env, secure) => {
	const server = await startServer({ env: { LOG_LEVEL: 'silent', ...env } });
	await server.setup();
	const headers = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-For': '198.51.100.7' };
	const answer = await post(`${server.url}/db/_session`, server.admin, { headers });
	expect(answer.status).toBe(200);
	expect(String(answer.headers['set-cookie']).includes('; Secure')).toBe(secure);
	expect(answer.headers['strict-transport-security'] !== undefined).toBe(secure);
	await server.remove();
});
