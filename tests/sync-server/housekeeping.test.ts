import { afterEach, beforeEach, expect, test } from 'vitest';
import { photoOf, webpBytes } from '../contract/field-records.ts';
import { checkInOf, household } from '../read-models/points-records.ts';
import { startServer, type TestServer } from '../serve.ts';
import { onDisk, send } from './erasure/erased-household.ts';

const day = 24 * 3600 * 1000;
let server: TestServer;

beforeEach(async () => {
	server = await startServer();
	await server.setup();
});
afterEach(() => server.remove());

const ago = (days: number) => new Date(Date.now() - days * day).toISOString();

async function put(database: string, id: string, doc: object): Promise<void> {
	expect((await send(server, `/db/${database}/${id}`, 'PUT', doc)).status).toBe(201);
}

async function idsIn(database: string): Promise<string> {
	return await (await send(server, `/db/${database}/_all_docs`, 'GET')).text();
}

test('cards that expired a month ago go when it starts, and others stay', async () => {
	await send(server, '/db/cards', 'PUT');
	const card = { scope: household, by: 'office1', at: ago(90), uses: 1, joined: [] };
	await put('cards', 'old', { ...card, expires: ago(31) });
	await put('cards', 'expired', { ...card, expires: ago(29) });
	await server.stop();
	server = await server.restart();
	await expect.poll(() => idsIn('cards')).not.toContain('"old"');
	expect(await idsIn('cards')).toContain('"expired"');
});

test('what was handed over and decided three months ago goes when it starts, its photos too', async () => {
	await send(server, '/db/handovers', 'PUT');
	const [alone, shared] = [photoOf(webpBytes(1)), photoOf(webpBytes(2))];
	await send(server, '/db/handovers/_bulk_docs', 'POST', { docs: [alone, shared], new_edits: false });
	const naming = (date: string, photos: readonly { readonly _id: string }[]) =>
		checkInOf(household, date, {
			observed: { quality: 'correct', photos: photos.map(({ _id }) => _id.slice('photo:'.length)) }
		});
	const handed = { account: 'worker1', device: 'phone1', at: ago(200) };
	const decided = { decision: 'accept', by: 'office1' };
	const old = naming('2026-11-02', [alone, shared]);
	await put('handovers', 'a-old', { ...handed, record: old, decided: { ...decided, at: ago(91) } });
	const recent = { ...decided, decision: 'drop', at: ago(89) };
	await put('handovers', 'b-recent', { ...handed, record: naming('2026-11-03', [shared]), decided: recent });
	await put('handovers', 'c-open', { ...handed, record: naming('2026-11-04', []) });
	await server.stop();
	server = await server.restart();
	await expect.poll(() => idsIn('handovers')).not.toContain('a-old');
	const left = await idsIn('handovers');
	for (const id of ['b-recent', 'c-open', shared._id]) expect(left).toContain(id);
	await expect.poll(() => idsIn('handovers')).not.toContain(alone._id);
	await expect.poll(() => onDisk(server.dataDir, [old.hash])).toEqual([]);
});
