import fc from 'fast-check';
import LevelDown from 'leveldown';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import leveldbAdapter from 'pouchdb-adapter-leveldb';
import PouchDB from 'pouchdb-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Databases } from '../../../sync-server/storage/databases.ts';
import { unsyncedLevel } from '../../../sync-server/storage/level-factory.ts';
import type { IncomingDoc } from '../../../sync-server/storage/stored-doc.ts';
import { foldRuns } from '../../property-runs.ts';

PouchDB.plugin(leveldbAdapter);

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'zhonggeng-fresh-'));
});
afterEach(() => rm(folder, { recursive: true }));

const revOf = (text: string) => `1-${createHash('md5').update(text).digest('hex')}`;

const doc = fc
	.record({ name: fc.nat(30), body: fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 }) })
	.map(({ name, body }): IncomingDoc => {
		const members = Object.entries(body).filter(([key]) => !key.startsWith('_') && key !== '');
		return { ...Object.fromEntries(members), _id: `doc:${name}`, _rev: revOf(JSON.stringify(body)) };
	});
/** Some bring their path, a second revision, or are deleted: those are PouchDB's in either case. */
const marked = fc.tuple(doc, fc.nat(9)).map(([one, mark]): IncomingDoc => {
	const digest = one._rev?.slice(2) ?? '';
	if (mark === 0) return { ...one, _deleted: true };
	if (mark === 1) return { ...one, _revisions: { start: 1, ids: [digest] } };
	if (mark === 2) return { ...one, _rev: `2-${digest}`, _revisions: { start: 2, ids: [digest, digest] } };
	return one;
});
const batches = fc.array(fc.array(marked, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 });

/** All that can be asked of a database, but in what order the documents of one write came. */
async function told(engine: PouchDB): Promise<unknown> {
	const { doc_count, update_seq } = await engine.info();
	const all = { include_docs: true, conflicts: true } as const;
	const { results } = await engine.changes({ ...all, style: 'all_docs' });
	const byId = results.map(({ seq: _seq, ...change }) => change).sort((a, b) => (a.id < b.id ? -1 : 1));
	const { rows } = await engine.allDocs(all);
	// PouchDB gives the leaves of one document in the order in which it has read them.
	const leaves = await Promise.all(results.map(({ id }) => engine.get(id, { open_revs: 'all', revs: true })));
	const revs = leaves
		.flat()
		.map((leaf) => JSON.stringify(leaf))
		.sort();
	return { doc_count, update_seq, byId, rows, revs };
}

it('what is written beneath PouchDB reads in PouchDB as what it writes itself', async () => {
	let round = 0;
	await fc.assert(
		fc.asyncProperty(batches, async (written) => {
			round += 1;
			const place = join(folder, `${round}`);
			const databases = await Databases.open(place, { newId: () => 'id', level: unsyncedLevel });
			await databases.create('ours');
			const ours = await databases.get('ours');
			const theirs = new PouchDB(join(place, 'theirs'), { adapter: 'leveldb', db: unsyncedLevel });
			for (const docs of written) {
				await ours?.write(structuredClone(docs), false);
				await theirs.bulkDocs(structuredClone(docs), { new_edits: false });
			}
			await databases.close();
			const opened = new PouchDB(join(place, 'ours'), { adapter: 'leveldb', db: unsyncedLevel });
			expect(await told(opened)).toEqual(await told(theirs));
			await opened.close();
			await theirs.close();
		}),
		{ numRuns: Math.ceil(foldRuns / 20) }
	);
});

/** Every key and value of a store, but its own name. */
async function stored(path: string): Promise<readonly string[]> {
	const level = new LevelDown(path);
	const keys: string[] = [];
	await new Promise<void>((resolve, reject) =>
		level.open({}, (error) => (error ? reject(error) : resolve()))
	);
	const range = { gte: '\u0000', lt: '\u{10ffff}', limit: -1 };
	const iterator = level.iterator({ ...range, keys: true, values: false, keyAsBuffer: false });
	const next = () =>
		new Promise<string | undefined>((resolve, reject) => {
			iterator.next((error, key) => (error ? reject(error) : resolve(key)));
		});
	for (let key = await next(); key !== undefined; key = await next())
		if (!key.endsWith('_local_uuid')) keys.push(key);
	const values = await level.getMany(keys, { asBuffer: false });
	await new Promise<void>((resolve) => iterator.end(() => resolve()));
	await new Promise<void>((resolve) => level.close(() => resolve()));
	return keys.map((key, index) => `${key} ${values[index] ?? ''}`);
}

it('new documents are, key by key and byte by byte, what PouchDB makes of them', async () => {
	const docs = Array.from({ length: 20 }, (_, index) => ({
		kind: 'check-in',
		note: `第${index}次`,
		body: { streams: ['food'], weightKg: index / 3 },
		_id: `check-in:${String.fromCharCode(97 + index)}`,
		_rev: revOf(`${index}`)
	}));
	const databases = await Databases.open(folder, { newId: () => 'id', level: unsyncedLevel });
	await databases.create('ours');
	const ours = await databases.get('ours');
	const theirs = new PouchDB(join(folder, 'theirs'), { adapter: 'leveldb', db: unsyncedLevel });
	for (const part of [docs.slice(0, 7), docs.slice(7)]) {
		expect(await ours?.write(structuredClone(part), false)).toEqual([]);
		await theirs.bulkDocs(structuredClone(part), { new_edits: false });
	}
	await databases.close();
	await theirs.close();
	expect(await stored(join(folder, 'ours'))).toEqual(await stored(join(folder, 'theirs')));
});
