import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../../sync-server/storage/database.ts';
import { Databases } from '../../../sync-server/storage/databases.ts';
import { unsyncedLevel } from '../../../sync-server/storage/level-factory.ts';

const newId = () => randomUUID().replaceAll('-', '');
let folder: string;
let databases: Databases;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'zhonggeng-purge-'));
	databases = await Databases.open(folder, { newId, level: unsyncedLevel });
	await databases.create('shelf');
});
afterEach(async () => {
	await databases.close();
	await rm(folder, { recursive: true });
});

async function shelf(): Promise<Database> {
	const database = await databases.get('shelf');
	if (!database) throw new Error('no shelf');
	return database;
}

/** Files of the shelf that hold the bytes. */
async function filesWith(bytes: Buffer): Promise<readonly string[]> {
	const path = join(folder, 'shelf');
	const files = await readdir(path);
	const contents = await Promise.all(files.map((file) => readFile(join(path, file))));
	return files.filter((_, index) => contents[index]?.includes(bytes));
}

/** LevelDB compresses blocks: chance cannot be compressed. */
function secret(): string {
	return randomBytes(24).toString('hex');
}

async function put(database: Database, _id: string, text: string, photo?: Buffer): Promise<string> {
	const attachment = photo && { _attachments: { photo: { content_type: 'image/webp', data: photo } } };
	const [result] = await database.write([{ _id, text, ...attachment }], true);
	if (!result?.ok) throw new Error(`not written: ${JSON.stringify(result)}`);
	return result.rev;
}

const withPhoto = v.object({ _attachments: v.object({ photo: v.object({ data: v.instance(Buffer) }) }) });

async function photoOf(database: Database, id: string): Promise<string | undefined> {
	const found = await database.get(id, { attachments: true });
	return found.found ? v.parse(withPhoto, found.doc)._attachments.photo.data.toString('base64') : undefined;
}

async function remove(database: Database, _id: string, _rev: string): Promise<void> {
	const [result] = await database.write([{ _id, _rev, _deleted: true }], true);
	expect(result?.ok).toBe(true);
}

it('leaves nothing on the disk of a document that was deleted at once, while a compaction alone does', async () => {
	const database = await shelf();
	const [gone, stays] = [secret(), secret()];
	const rev = await put(database, 'a', gone);
	await put(database, 'b', stays);
	expect(await filesWith(Buffer.from(gone))).not.toEqual([]);
	await remove(database, 'a', rev);
	await database.compact();
	expect(await filesWith(Buffer.from(gone))).not.toEqual([]);
	await database.purge();
	expect(await filesWith(Buffer.from(gone))).toEqual([]);
	expect(await filesWith(Buffer.from(stays))).not.toEqual([]);
	expect(await database.get('a')).toEqual({ found: false, reason: 'deleted' });
	expect(await database.get('b')).toMatchObject({ found: true, doc: { text: stays } });
});

it('leaves nothing of a photo, and of one that another document has as well nothing is lost', async () => {
	const database = await shelf();
	const [gone, shared] = [randomBytes(40_000), randomBytes(40_000)];
	const first = await put(database, 'a', 'x', gone);
	const second = await put(database, 'b', 'x', shared);
	await put(database, 'c', 'x', shared);
	await remove(database, 'a', first);
	await remove(database, 'b', second);
	await database.purge();
	expect(await filesWith(gone.subarray(0, 64))).toEqual([]);
	expect(await photoOf(database, 'c')).toEqual(shared.toString('base64'));
});

it('leaves nothing of what lies deep in a large database that was closed and opened in between', async () => {
	const padding = Array.from({ length: 400 }, (_, index) => ({
		_id: `p${String(index).padStart(4, '0')}`,
		text: randomBytes(8_000).toString('base64')
	}));
	await (await shelf()).write(padding, true);
	const gone = secret();
	const rev = await put(await shelf(), 'p0200-gone', gone);
	await (
		await shelf()
	).write(
		padding.map(({ text }, index) => ({ _id: `q${index}`, text })),
		true
	);
	await databases.close();
	databases = await Databases.open(folder, { newId, level: unsyncedLevel });
	expect(await filesWith(Buffer.from(gone))).not.toEqual([]);
	await remove(await shelf(), 'p0200-gone', rev);
	await (await shelf()).purge();
	expect(await filesWith(Buffer.from(gone))).toEqual([]);
	expect((await (await shelf()).info()).doc_count).toBe(800);
	await databases.close();
	databases = await Databases.open(folder, { newId, level: unsyncedLevel });
	expect((await (await shelf()).info()).doc_count).toBe(800);
	expect(await (await shelf()).get('q399')).toMatchObject({ found: true });
});
