import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { basic, startServer, type TestServer } from '../serve.ts';

const doc = { _id: 'a', text: '众'.repeat(10_000) };
const allDocs = v.object({ rows: v.array(v.object({ id: v.optional(v.string()) })) });
let server: TestServer;

beforeAll(async () => {
	server = await startServer();
	await server.setup();
	expect((await send('PUT', '/db/ledger')).status).toBe(201);
});
afterAll(() => server.remove());

function send(method: string, path: string, body?: object): Promise<Response> {
	return fetch(server.url + path, {
		method,
		headers: { ...basic(server.admin), 'Content-Type': 'application/json' },
		...(body && { body: JSON.stringify(body) })
	});
}

interface BegunWrite {
	/** Sends the rest. */
	finish(): void;
	/** The answer, or that the server hung up. */
	readonly answer: Promise<IncomingMessage | Error>;
}

/** A write of which the server has the headers and half of the body: it says so with `100 Continue`. */
async function beginWrite(): Promise<BegunWrite> {
	const body = Buffer.from(JSON.stringify({ docs: [doc] }));
	const sent: ClientRequest = request(`${server.url}/db/ledger/_bulk_docs`, {
		method: 'POST',
		headers: {
			...basic(server.admin),
			'Content-Type': 'application/json',
			'Content-Length': body.length,
			Expect: '100-continue'
		}
	});
	sent.flushHeaders();
	const answer = new Promise<IncomingMessage | Error>((resolve) => {
		sent.once('response', (response) => resolve(response.resume()));
		sent.once('error', resolve);
	});
	await once(sent, 'continue');
	sent.write(body.subarray(0, 5000));
	return { finish: () => sent.end(body.subarray(5000)), answer };
}

test('on SIGTERM a write under way is finished, a wait is ended, and nothing new is begun', async () => {
	const waiting = await send('GET', '/db/ledger/_changes?feed=longpoll&since=now&heartbeat=60000');
	const write = await beginWrite();
	server.signal('SIGTERM');
	await server.printed(/"msg":"stopping"/);
	expect(await waiting.json()).toMatchObject({ results: [] });
	await expect(fetch(`${server.url}/_up`)).rejects.toThrow();

	write.finish();
	expect(await write.answer).toMatchObject({ statusCode: 201 });
	expect(await server.ended()).toBe(0);

	server = await server.restart();
	expect(await (await send('GET', '/db/ledger/a')).json()).toMatchObject(doc);
});

test('a second signal does not wait for anything', async () => {
	const write = await beginWrite();
	server.signal('SIGINT');
	await server.printed(/"msg":"stopping"/);
	server.signal('SIGINT');
	expect(await server.ended()).toBe(1);
	expect(await write.answer).toBeInstanceOf(Error);
	server = await server.restart();
});

test('what was acknowledged before SIGKILL is there after it', async () => {
	const acknowledged: string[] = [];
	const halfway = Promise.withResolvers<void>();
	const writer = async (name: string) => {
		for (let count = 0; ; count += 1) {
			const { status } = await send('PUT', `/db/ledger/${name}-${count}`, { text: '耕'.repeat(2000) });
			expect(status).toBe(201);
			acknowledged.push(`${name}-${count}`);
			if (acknowledged.length >= 60) halfway.resolve();
		}
	};
	const writers = Promise.allSettled(['x', 'y', 'z', 'w'].map(writer));
	await halfway.promise;
	await server.kill();
	await writers;

	server = await server.restart();
	const response = await send('POST', '/db/ledger/_all_docs', { keys: acknowledged });
	const { rows } = v.parse(allDocs, await response.json());
	expect(rows.map(({ id }) => id)).toEqual(acknowledged);
});
