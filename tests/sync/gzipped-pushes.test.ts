import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gzippedPushes } from '../../src/sync/gzipped-pushes.ts';
import type { Fetch } from '../../src/sync/wire.ts';
import { checkInRecords, gridDatabase, gridRole } from '../contract/field-records.ts';
import { basic, createAccount, startServer, type TestServer } from '../serve.ts';

let server: TestServer;
beforeAll(async () => {
	server = await startServer();
	await server.setup();
});
afterAll(() => server.remove());

const url = 'https://office.example/db/zg-qianmen/_bulk_docs';
const long = JSON.stringify({ docs: Array.from({ length: 100 }, (_, index) => ({ _id: `doc-${index}` })) });

/** Notes the bodies and their encoding, and answers what it is told to for each. */
function noting(...statuses: readonly number[]) {
	const bodies: { readonly encoding: string | null; readonly text: string }[] = [];
	const fetch: Fetch = async (_url, init) => {
		const encoding = new Headers(init?.headers).get('Content-Encoding');
		const bytes = Buffer.from(await new Response(init?.body ?? null).arrayBuffer());
		bodies.push({ encoding, text: (encoding === 'gzip' ? gunzipSync(bytes) : bytes).toString() });
		return new Response('[]', { status: statuses[bodies.length - 1] ?? 201 });
	};
	return { bodies, fetch: gzippedPushes(fetch) };
}

test('the server takes records that are pushed in gzip', async () => {
	const li = await createAccount(server, 'li', [gridRole]);
	const admin = { method: 'PUT', headers: basic(server.admin) };
	await fetch(`${server.url}/db/${gridDatabase}`, admin);
	const sent: (string | null)[] = [];
	const push = gzippedPushes((to, init) => {
		sent.push(new Headers(init?.headers).get('Content-Encoding'));
		return fetch(to, init);
	});
	const answer = await push(`${server.url}/db/${gridDatabase}/_bulk_docs`, {
		method: 'POST',
		headers: { ...basic(li), 'Content-Type': 'application/json' },
		body: JSON.stringify({ docs: checkInRecords(50, 'li'), new_edits: false })
	});
	expect([answer.status, await answer.text(), sent]).toEqual([201, '[]', ['gzip']]);
	const info = await fetch(`${server.url}/db/${gridDatabase}`, { headers: basic(li) });
	expect(await info.text()).toContain('"doc_count":50');
});

test('what is pushed arrives as it was, other requests and short ones are left alone', async () => {
	const { bodies, fetch } = noting();
	await fetch(url, { method: 'POST', body: long });
	await fetch(url, { method: 'POST', body: '{"docs":[]}' });
	await fetch('https://office.example/api/handover', { method: 'POST', body: long });
	expect(bodies).toEqual([
		{ encoding: 'gzip', text: long },
		{ encoding: null, text: '{"docs":[]}' },
		{ encoding: null, text: long }
	]);
});

test.each([415, 400])('a server that answers %s gets it as it is, from then on, too', async (status) => {
	const { bodies, fetch } = noting(status);
	expect((await fetch(url, { method: 'POST', body: long })).status).toBe(201);
	await fetch(url, { method: 'POST', body: long });
	expect(bodies.map(({ encoding }) => encoding)).toEqual(['gzip', null, null]);
});

test('documents that are refused either way do not end it', async () => {
	const { bodies, fetch } = noting(400, 400);
	expect((await fetch(url, { method: 'POST', body: long })).status).toBe(400);
	await fetch(url, { method: 'POST', body: long });
	expect(bodies.map(({ encoding }) => encoding)).toEqual(['gzip', null, 'gzip']);
});
