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

test('what a phone sent does not come back to it, with nothing between, something before, and after', async () => {
	await asAdmin(server, 'PUT', gridDatabase);
	const [li, wang] = await Promise.all(
		['echo-li', 'echo-wang'].map((name) => newPhone(server, name, [workerRole]))
	);
	if (!li || !wang) throw new Error('two phones');
	const of = (phone: Phone, count: number, from: number) => checkIns(count, from, { author: phone.account });
	await li.sync();
	for (const count of [1, 300]) {
		li.store.save(of(li, count, count));
		expect((await costOf(li)).documents).toBe(count);
		expect(await costOf(li)).toEqual({ requests: 3, documents: 0 });
	}
	wang.store.save(of(wang, 20, 2_000));
	await wang.sync();
	li.store.save(of(li, 300, 1_000));
	expect(await costOf(li)).toEqual({ requests: 5, documents: 320 });
	expect(await costOf(li)).toEqual({ requests: 3, documents: 0 });
	expect(li.store.revisions.size).toBe(621);
	wang.store.save(of(wang, 5, 3_000));
	await wang.sync();
	expect((await costOf(li)).documents).toBe(5);
	expect([...li.store.revisions.keys()].sort()).toEqual([...wang.store.revisions.keys()].sort());
	await asAdmin(server, 'DELETE', gridDatabase);
});

test('a sync with nothing new costs three requests, and no document', async () => {
	const { idle, sent, fetched } = await costs(12, 1);
	expect(idle).toEqual({ requests: 3, documents: 0 });
	expect(sent).toEqual({ requests: 4, documents: 1 });
	expect(fetched).toEqual({ requests: 4, documents: 1 });
});
