import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fileNameOf, isDatabaseName, nameOfFile } from '../../../sync-server/storage/database-file-name.ts';
import { Databases } from '../../../sync-server/storage/databases.ts';
import { DatabaseGone } from '../../../sync-server/storage/in-flight.ts';
import { unsyncedLevel } from '../../../sync-server/storage/level-factory.ts';

const newId = () => randomUUID().replaceAll('-', '');
let folder: string;
let databases: Databases;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'zhonggeng-databases-'));
	databases = await open();
});
afterEach(async () => {
	await databases.close();
	await rm(folder, { recursive: true });
});

const open = () => Databases.open(folder, { newId, level: unsyncedLevel });

async function reopened(): Promise<Databases> {
	await databases.close();
	databases = await open();
	return databases;
}

async function shelf(from = databases) {
	const database = await from.get('shelf');
	if (!database) throw new Error('no shelf');
	return database;
}

it('creates a database once, lists it, and has it after a restart with what was written', async () => {
	expect(await databases.create('shelf')).toBe('created');
	expect(await databases.create('shelf')).toBe('exists');
	expect(await databases.create('a/b$(c)')).toBe('created');
	await (await shelf()).write([{ _id: 'book', v: 1 }], true);
	const before = await (await shelf()).info();
	const again = await reopened();
	expect(await again.list()).toEqual(['a/b$(c)', 'shelf']);
	expect(await (await shelf()).get('book')).toMatchObject({ found: true, doc: { v: 1 } });
	expect(await (await shelf()).info()).toEqual(before);
	expect(await again.get('absent')).toBeUndefined();
});

it.each(['', 'A', '1a', '.', '..', '../x', 'a/../../x', '_other', 'a\0', 'a b', '前门', 'a'.repeat(201)])(
	'makes and opens nothing under the name %j',
	async (name) => {
		expect(await databases.create(name)).toBe('illegal name');
		expect(await databases.get(name)).toBeUndefined();
		expect(await databases.destroy(name)).toBe(false);
		expect(await readdir(folder)).toEqual([]);
	}
);

it('gives every name a folder of its own, with no separator, that leads back to the name', () => {
	const name = fc.stringMatching(/^[a-z][a-z0-9_$()+/-]{0,199}$/);
	fc.assert(
		fc.property(name, (text) => {
			expect(isDatabaseName(text)).toBe(true);
			expect(fileNameOf(text)).not.toMatch(/[/\\.]/);
			expect(nameOfFile(fileNameOf(text))).toBe(text);
		})
	);
});

it('gives a database made anew under the same name another identity, and none of the old contents', async () => {
	await databases.create('shelf');
	const first = await shelf();
	await first.write([{ _id: 'book' }], true);
	expect((await shelf(await reopened())).uuid).toBe(first.uuid);
	expect(await databases.destroy('shelf')).toBe(true);
	expect(await databases.destroy('shelf')).toBe(false);
	await databases.create('shelf');
	expect((await shelf()).uuid).not.toBe(first.uuid);
	expect(await (await shelf()).info()).toEqual({ doc_count: 0, update_seq: 0 });
});

it('lets writes under way finish before it closes or destroys, and takes no more', async () => {
	await databases.create('shelf');
	const database = await shelf();
	const docs = Array.from({ length: 200 }, (_, index) => ({ _id: `book-${index}` }));
	const writing = database.write(docs, true);
	const destroying = databases.destroy('shelf');
	expect((await writing).every(({ ok }) => ok)).toBe(true);
	expect(await destroying).toBe(true);
	await expect(database.write([{ _id: 'late' }], true)).rejects.toThrow(DatabaseGone);
});

it('takes away at the start what a crash left half removed, and what is no database it leaves alone', async () => {
	await mkdir(join(folder, '.removed-1'));
	await writeFile(join(folder, '.removed-1', 'CURRENT'), '');
	await mkdir(join(folder, 'Backup of shelf'));
	expect(await (await reopened()).list()).toEqual([]);
	expect(await readdir(folder)).toEqual(['Backup of shelf']);
});

it('tells of every creation, write and removal, and forgets who stopped listening', async () => {
	const seen: string[] = [];
	const stop = databases.updates.subscribe(
		({ db_name, type }) => seen.push(`${db_name} ${type}`),
		() => undefined
	);
	await databases.create('shelf');
	const start = databases.updates.lastSeq;
	await (await shelf()).write([{ _id: 'book' }], true);
	expect(databases.updates.since(start)).toMatchObject([{ db_name: 'shelf', type: 'updated' }]);
	await databases.destroy('shelf');
	expect(seen).toEqual(['shelf created', 'shelf updated', 'shelf deleted']);
	expect(databases.updates.since(start)).toMatchObject([{ db_name: 'shelf', type: 'deleted' }]);
	expect(databases.updates.since(databases.updates.lastSeq)).toEqual([]);
	stop();
	await databases.create('other');
	expect(seen).toHaveLength(3);
});

it('counts every database as updated for a client that was here before a restart', async () => {
	await databases.create('shelf');
	const before = databases.updates.lastSeq;
	const { updates } = await reopened();
	expect(updates.since(before)).toMatchObject([{ db_name: 'shelf', type: 'updated' }]);
	for (const nonsense of ['', '0', 'x', '9-9-9', '1e3']) expect(updates.since(nonsense)).toHaveLength(1);
});

it('has after SIGKILL everything that was acknowledged', async () => {
	const program = fileURLToPath(new URL('write-documents.ts', import.meta.url));
	const repository = fileURLToPath(new URL('../../..', import.meta.url));
	const path = await mkdtemp(join(tmpdir(), 'zhonggeng-killed-'));
	const child = spawn(join(repository, 'node_modules/.bin/node'), [program, path, 'synced', '0', 'forever'], {
		cwd: repository,
		stdio: ['ignore', 'pipe', 'inherit']
	});
	const acknowledged: string[] = [];
	for await (const line of createInterface({ input: child.stdout })) {
		acknowledged.push(line);
		if (acknowledged.length === 100) child.kill('SIGKILL');
	}
	if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
	expect(child.signalCode).toBe('SIGKILL');

	const again = await Databases.open(join(path, 'databases'), { newId });
	const { rows } = await (await shelf(again)).allDocs({ keys: acknowledged });
	expect(rows.filter((row) => 'error' in row)).toEqual([]);
	// It takes new writes, and counts on from where it was.
	await (await shelf(again)).write([{ _id: 'after' }], true);
	const { results, last_seq } = await (await shelf(again)).changes({ since: 0 });
	expect(results.length).toBeGreaterThan(100);
	expect(last_seq).toBe(results.length);
	await again.close();
	await rm(path, { recursive: true });
});
