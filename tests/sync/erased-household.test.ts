import { afterAll, beforeAll, expect, test } from 'vitest';
import * as v from 'valibot';
import { basic, createAccount, startServer, type Login, type TestServer } from '../serve.ts';
import { asAdmin, newPhone } from './phone.ts';
import { checkIn, checkIns, gridDatabase, webp, workerRole } from './records.ts';

const erased = 'qianmen/caochang/g3/c12/h04';
const neighbour = 'qianmen/caochang/g3/c12/h05';

let server: TestServer;
let office: Login;

beforeAll(async () => {
	server = await startServer();
	await server.setup();
	await asAdmin(server, 'PUT', gridDatabase);
	office = await createAccount(server, 'office', ['office:qianmen']);
});
afterAll(() => server.remove());

async function erase(): Promise<void> {
	const headers = { ...basic(office), 'Content-Type': 'application/json' };
	const url = `${server.url}/api/erasures`;
	const begun = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ household: erased }) });
	expect(begun.status).toBe(202);
	const steps = v.object({ erasures: v.array(v.object({ step: v.string() })) });
	await expect
		.poll(async () => v.parse(steps, await (await fetch(url, { headers })).json()).erasures)
		.toEqual([{ step: 'done' }]);
}

test('an erased household leaves every phone, waiting work included, and its check-ins still count', async () => {
	const [li, wang] = [
		await newPhone(server, 'li', [workerRole]),
		await newPhone(server, 'wang', [workerRole])
	];
	const photo = webp(1);
	const words = { author: 'li', note: '张三家' };
	const delivered = [checkIn(0, { ...words, photos: [photo.hash] }), checkIn(1, words)];
	const untouched = checkIns(2, 10, { author: 'li', note: '李四家', scope: neighbour });
	li.store.save([...delivered, ...untouched], [photo]);
	await li.sync();
	await wang.sync();
	const waiting = checkIn(2, { ...words, author: 'wang' });
	wang.store.save([waiting]);

	await erase();
	// Refused as erased, replaced, then delivered without words.
	for (const phone of [li, wang, wang, li]) expect(await phone.sync()).not.toHaveProperty('trouble');

	for (const { store } of [li, wang]) {
		const held = [...store.revisions.values()];
		expect(JSON.stringify(held)).not.toContain('张三家');
		expect(await store.photo(photo.hash)).toBeUndefined();
		expect(await store.counts()).toEqual({ waiting: 0, refused: 0 });
		const days = held.filter(({ kind, scope }) => kind === 'check-in' && scope === erased);
		expect(new Set(days.map(({ entity }) => entity)).size).toBe(3);
		expect(held.filter(({ scope }) => scope === neighbour)).toHaveLength(untouched.length);
	}
	expect(new Set(li.store.revisions.keys())).toEqual(new Set(wang.store.revisions.keys()));
});
