import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gzippedPage, plainPage } from '../../../sync-server/api/feed-page.ts';
import { FeedPages } from '../../../sync-server/api/feed-pages.ts';
import type { Database } from '../../../sync-server/storage/database.ts';
import { Databases } from '../../../sync-server/storage/databases.ts';
import { unsyncedLevel } from '../../../sync-server/storage/level-factory.ts';
import { foldRuns } from '../../property-runs.ts';

let folder: string;
let databases: Databases;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'zhonggeng-pages-'));
	databases = await Databases.open(folder, {
		newId: () => randomUUID().replaceAll('-', ''),
		level: unsyncedLevel
	});
});
afterAll(async () => {
	await databases.close();
	await rm(folder, { recursive: true });
});

async function made(name: string): Promise<Database> {
	await databases.create(name);
	const database = await databases.get(name);
	if (!database) throw new Error(`no ${name}`);
	return database;
}

async function remove(database: Database, _id: string): Promise<void> {
	const found = await database.get(_id);
	if (found.found) await database.write([{ _id, _rev: found.doc._rev, _deleted: true }], true);
}

/** What the page says, read anew. */
async function anew(
	database: Database,
	since: number,
	limit: number,
	include_docs: boolean
): Promise<string> {
	const update_seq = await database.lastSeq();
	const { results, last_seq } = await database.changes({ since, limit, include_docs, style: 'all_docs' });
	if (results.length < limit)
		return JSON.stringify({ results, last_seq: Math.max(last_seq, update_seq), pending: 0 });
	return JSON.stringify({ results, last_seq, pending: Math.max(0, update_seq - last_seq) });
}

async function fromPages(
	pages: FeedPages,
	database: Database,
	since: number,
	limit: number,
	include_docs: boolean
): Promise<string | undefined> {
	const found = await pages.page(database, { since, limit, include_docs, style: 'all_docs' });
	if (!found) return undefined;
	const plain = (await plainPage(found.page, found.pending)).toString();
	expect(gunzipSync(gzippedPage(found.page, found.pending)).toString()).toBe(plain);
	return plain;
}

const name = fc.nat(3).map((number) => `doc-${number}`);
const step = fc.oneof(
	fc.record({ does: fc.constant('add' as const), count: fc.integer({ min: 1, max: 130 }) }),
	fc.record({ does: fc.constant('overwrite' as const), name }),
	fc.record({ does: fc.constant('branch' as const), name }),
	fc.record({ does: fc.constant('delete' as const), name }),
	fc.record({ does: fc.constant('revive' as const), name }),
	fc.record({
		does: fc.constant('ask' as const),
		since: fc.constantFrom(0, 1, 100, 120, 200),
		limit: fc.constantFrom(100, 120, 1000),
		include_docs: fc.boolean()
	})
);

it('a page that is kept is byte for byte the page read anew, whatever is written in between', async () => {
	let round = 0;
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
			round += 1;
			// One that holds records, whose pages stay when something is added, and one that does not.
			const named = `${round % 2 === 0 ? 'zg-' : ''}round-${round}`;
			const database = await made(named);
			const pages = new FeedPages(60_000, databases.updates);
			let added = 0;
			const add = async (count: number) => {
				const docs = Array.from({ length: count }, (_, index) => ({
					_id: `doc-${added + index}`,
					text: '字'
				}));
				added += count;
				await database.write(docs, true);
			};
			await add(130);
			const asked: { since: number; limit: number; include_docs: boolean }[] = [];
			const look = async () => {
				for (const { since, limit, include_docs } of asked) {
					const kept = await fromPages(pages, database, since, limit, include_docs);
					if (kept !== undefined) expect(kept).toBe(await anew(database, since, limit, include_docs));
				}
			};
			for (const one of steps) {
				if (one.does === 'ask') asked.push(one);
				else if (one.does === 'add') await add(one.count);
				else if (one.does === 'delete') await remove(database, one.name);
				else if (one.does === 'branch') {
					const digest = randomUUID().replaceAll('-', '');
					await database.write([{ _id: one.name, _rev: `1-${digest}`, branch: digest }], false);
				} else {
					const found = await database.get(one.name);
					const isThere = found.found;
					if (isThere !== (one.does === 'overwrite')) continue;
					const rev = found.found ? { _rev: found.doc._rev } : {};
					await database.write([{ _id: one.name, ...rev, text: 'anew' }], true);
				}
				await look();
			}
			await databases.destroy(named);
		}),
		{ numRuns: Math.ceil(foldRuns / 80) }
	);
});

it('a page with a deleted document is read anew when the document is there again', async () => {
	const database = await made('revived');
	const docs = (from: number) => Array.from({ length: 150 }, (_, index) => ({ _id: `r-${from + index}` }));
	const pages = new FeedPages(1_000_000, databases.updates);
	await database.write(docs(0), true);
	await remove(database, 'r-7');
	await database.write(docs(150), true);
	expect(await fromPages(pages, database, 100, 120, true)).toContain('"deleted":true');
	await database.write([{ _id: 'r-7', text: 'again' }], true);
	const page = await fromPages(pages, database, 100, 120, true);
	expect(page).toBe(await anew(database, 100, 120, true));
	expect(page).not.toContain('"deleted":true');
});

const grid = 'zg-qianmen-caochang-g3';

it('what is written over in a database that holds no records is in no page in memory any more', async () => {
	const database = await made('cards');
	const pages = new FeedPages(1_000_000, databases.updates);
	const docs = Array.from({ length: 250 }, (_, index) => ({ _id: `card-${index}`, joined: '张三' }));
	await database.write(docs, true);
	for (const since of [0, 100]) await fromPages(pages, database, since, 120, true);
	expect(pages.bytes).toBeGreaterThan(0);
	const found = await database.get('card-7');
	if (!found.found) throw new Error('no card');
	await database.write([{ _id: 'card-7', _rev: found.doc._rev }], true);
	expect(pages.bytes).toBe(0);
});

it('who asks again is given the page that is kept, and it stays while records are added behind it', async () => {
	const database = await made(grid);
	let read = 0;
	const counting: Pick<Database, 'name' | 'uuid' | 'info' | 'changes'> = {
		name: grid,
		uuid: database.uuid,
		info: () => database.info(),
		changes: (options) => {
			read += 1;
			return database.changes(options);
		}
	};
	const docs = (from: number) => Array.from({ length: 200 }, (_, index) => ({ _id: `r-${from + index}` }));
	const pages = new FeedPages(1_000_000, databases.updates);
	const options = { since: 0, limit: 150, style: 'all_docs' as const, include_docs: true };
	await database.write(docs(0), true);
	const asked = await Promise.all([pages.page(counting, options), pages.page(counting, options)]);
	await database.write(docs(200), true);
	const later = await pages.page(counting, options);
	expect(read).toBe(1);
	expect(asked.map((one) => one?.pending)).toEqual([50, 50]);
	expect(later?.pending).toBe(250);
	await remove(database, 'r-7');
	await pages.page(counting, options);
	expect(read).toBe(2);
});
