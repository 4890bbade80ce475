import * as v from 'valibot';
import { expect, test } from 'vitest';
import { toWireError } from '../../src/sync/wire-error.ts';
import { askJson, boundedWire, timeLimit, type Fetch } from '../../src/sync/wire.ts';

const origin = 'https://office.example';
const forever = new AbortController().signal;

/** Never answers, but ends when told to, as fetch does. */
const silent: Fetch = (_url, init) =>
	new Promise((_resolve, reject) => {
		init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
	});

function answering(body: string, status = 200): Fetch {
	return () => Promise.resolve(new Response(body, { status }));
}

const number = v.object({ n: v.number() });
const ask = (fetch: Fetch) => askJson({ origin, fetch }, '/db/x', number);

test('a request without an answer ends by itself, and counts as no network', async () => {
	const { fetch } = boundedWire({ origin, fetch: silent }, forever, 1);
	await expect(fetch(origin)).rejects.toMatchObject({ trouble: 'offline', status: undefined });
});

test('a request has the longer the more it sends, at sixteen thousand bytes a second', () => {
	expect(timeLimit(60_000, undefined)).toBe(60_000);
	expect(timeLimit(60_000, 'x'.repeat(1_600_000))).toBe(160_000);
	expect(timeLimit(0, '长'.repeat(16))).toBe(3);
});

test('stopping ends requests under way', async () => {
	const stopping = new AbortController();
	const { fetch } = boundedWire({ origin, fetch: silent }, stopping.signal);
	const request = fetch(origin);
	stopping.abort();
	await expect(request).rejects.toMatchObject({ trouble: 'offline' });
});

test('every request carries the session, and no answer goes to the cache, whatever was asked for', async () => {
	const asked: (RequestInit | undefined)[] = [];
	const noting: Fetch = (_url, init) => {
		asked.push(init);
		return Promise.resolve(new Response('{}'));
	};
	await boundedWire({ origin, fetch: noting }, forever).fetch(origin, { cache: 'force-cache' });
	expect(asked).toMatchObject([{ credentials: 'include', cache: 'no-store' }]);
});

test('an answer of the shape asked for is given back', async () => {
	expect(await ask(answering('{"n":1,"more":true}'))).toEqual({ n: 1 });
});

test.each([
	['the session has ended', '{"error":"unauthorized","reason":"login"}', 401, 'signed-out', 'login'],
	['no right', '{"error":"forbidden","reason":"not yours"}', 403, 'forbidden', 'not yours'],
	['the server fails', '{"error":"unknown_error"}', 500, 'server', 'unknown_error'],
	['a page of a proxy', '<html>', 502, 'server', 'no reason given'],
	['another shape', '{"n":"one"}', 200, 'server', 'unexpected answer to /db/x']
])('%s: %4$s', async (_case, body, status, trouble, reason) => {
	await expect(ask(answering(body, status))).rejects.toMatchObject({ status, trouble, reason });
});

test('a page where JSON should be, as captive portals send, counts as no network', async () => {
	await expect(ask(answering('<html>Welcome!</html>'))).rejects.toMatchObject({ trouble: 'offline' });
});

test("PouchDB's errors keep their status and reason", () => {
	const thrown = { status: 413, name: 'too_large', error: 'too_large', reason: 'more than 16 MB' };
	expect(toWireError(thrown)).toMatchObject({ status: 413, reason: 'more than 16 MB', trouble: 'server' });
	expect(toWireError('odd')).toMatchObject({ status: undefined, trouble: 'offline' });
});
