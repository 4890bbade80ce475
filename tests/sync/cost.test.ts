import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from '../serve.ts';
import { asAdmin, newPhone, type Phone } from './phone.ts';
import { checkIns, gridDatabase, workerRole } from './records.ts';

let server: TestServer;

beforeAll(async () => {
	server = await startServer();
	await server.setup();
});
afterAll(() => server.remove());

/** What a sync of a phone costs, in requests and documents over the wire. */
async function costOf(phone: Phone): Promise<{ requests: number; documents: number }> {
	phone.seen.length = 0;
	expect(await phone.sync()).not.toHaveProperty('trouble');
	return {
		requests: phone.seen.length,
		documents: phone.seen.reduce((sum, { documents }) => sum + documents, 0)
	};
}

/** With `held` records on server and both phones: what it costs to send and to fetch `fresh` more. */
async function costs(held: number, fresh: number) {
	await asAdmin(server, 'PUT', gridDatabase);
	const name = `${held}-${fresh}`;
	const writer = await newPhone(server, `writer-${name}`, [workerRole]);
	const reader = await newPhone(server, `reader-${name}`, [workerRole]);
	writer.store.save(checkIns(held, 0, { author: writer.account }));
	await writer.sync();
	await writer.sync();
	await reader.sync();
	const idle = await costOf(reader);
	writer.store.save(checkIns(fresh, held, { author: writer.account }));
	const sent = await costOf(writer);
	const fetched = await costOf(reader);
	expect(reader.store.revisions.size).toBe(held + fresh);
	await asAdmin(server, 'DELETE', gridDatabase);
	return { idle, sent, fetched };
}

test('what a sync costs depends on what is new alone, with 10 or 1,000 records held', async () => {
	for (const fresh of [1, 7, 300]) expect(await costs(1_000, fresh)).toEqual(await costs(10, fresh));
});

test('a sync with nothing new costs three requests, and no document', async () => {
	const { idle, sent, fetched } = await costs(12, 1);
	expect(idle).toEqual({ requests: 3, documents: 0 });
	expect(sent).toEqual({ requests: 4, documents: 1 });
	expect(fetched).toEqual({ requests: 4, documents: 1 });
});
