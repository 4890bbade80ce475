import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from '../../serve.ts';

let server: TestServer;
beforeAll(async () => {
	server = await startServer({ env: { LOG_LEVEL: 'silent' } });
});
afterAll(() => server.remove());

/** Of `fetch` a page cannot set these headers; a test cannot either. */
function statusOf(
	method: string,
	headers: Record<string, string>,
	path = '/db/_session'
): Promise<number | undefined> {
	return new Promise((resolve, reject) => {
		request(`${server.url}${path}`, { method, headers }, (response) => {
			response.resume();
			resolve(response.statusCode);
		})
			.once('error', reject)
			.end();
	});
}

test.each<[string, string, Record<string, string>, number]>([
	['a program', 'DELETE', {}, 200],
	['a page of ours', 'DELETE', { 'Sec-Fetch-Site': 'same-origin' }, 200],
	['the address bar', 'DELETE', { 'Sec-Fetch-Site': 'none' }, 200],
	['another site', 'DELETE', { 'Sec-Fetch-Site': 'cross-site' }, 403],
	['a neighbouring site', 'DELETE', { 'Sec-Fetch-Site': 'same-site' }, 403],
	['another site, in an old browser', 'DELETE', { Origin: 'https://example.com' }, 403],
	['a page without an origin, in an old browser', 'DELETE', { Origin: 'null' }, 403],
	[
		'another site that claims our origin',
		'DELETE',
		{ 'Sec-Fetch-Site': 'cross-site', Origin: 'http://127.0.0.1' },
		403
	],
	['another site, as a form', 'POST', { Origin: 'https://example.com', 'Content-Type': 'text/plain' }, 403],
	['another site, reading', 'GET', { 'Sec-Fetch-Site': 'cross-site' }, 200]
])('a request by %s (%s, %o) is answered with %i', async (_who, method, headers, status) => {
	expect(await statusOf(method, headers)).toBe(status);
});

test('a page of ours in an old browser may write', async () => {
	expect(await statusOf('DELETE', { Origin: server.url })).toBe(200);
});

test.each(['/db', '/db/', '/db/_session', '/%64b/_session', '/api/device', '/api/nothing'])(
	'%s is not shown in a tab, a frame or a plugin',
	async (path) => {
		for (const dest of ['document', 'iframe', 'frame', 'embed', 'object']) {
			const headers = { 'Sec-Fetch-Dest': dest, 'Sec-Fetch-Site': 'none' };
			expect(await statusOf('GET', headers, path), dest).toBe(403);
		}
		expect(await statusOf('GET', { 'Sec-Fetch-Dest': 'empty' }, path)).not.toBe(403);
	}
);

test.each(['/', '/_up', '/db-of-the-street', '/today'])('%s is', async (path) => {
	expect(await statusOf('GET', { 'Sec-Fetch-Dest': 'document' }, path)).not.toBe(403);
});
