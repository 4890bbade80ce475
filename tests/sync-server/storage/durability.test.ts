import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../../..', import.meta.url));
const node = join(repository, 'node_modules/.bin/node');
const writer = fileURLToPath(new URL('write-documents.ts', import.meta.url));
const writes = 20;

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'zhonggeng-durability-'));
});
afterEach(() => rm(folder, { recursive: true }));

/**
 * How often a program that waits for `writes` acknowledged writes, one after another, has the kernel put a file's
 * data on the disk between its first and its last. Counted by strace.
 */
async function syncsDuringWrites(level: 'synced' | 'unsynced'): Promise<number> {
	const trace = join(folder, `${level}.trace`);
	const traced = ['-f', '-e', 'trace=fdatasync,fsync,mkdir', '-o', trace];
	await requireStrace();
	await run('strace', [...traced, node, writer, join(folder, level), level, String(writes)], {
		cwd: repository
	});
	const lines = (await readFile(trace, 'utf8')).split('\n');
	// The writer makes these folders before its first write and after its last.
	const first = lines.findIndex((line) => line.includes('mkdir(') && line.includes('writes-begin'));
	const last = lines.findIndex((line) => line.includes('mkdir(') && line.includes('writes-end'));
	if (first < 0 || last < first) throw new Error(`no marks in the trace:\n${lines.slice(-20).join('\n')}`);
	return lines.slice(first, last).filter((line) => /\b(fdatasync|fsync)\(/.test(line)).length;
}

async function requireStrace(): Promise<void> {
	try {
		await run('strace', ['--version']);
	} catch (cause) {
		throw new Error('strace is not installed: apt-get install strace', { cause });
	}
}

it('every acknowledged write has been put on the disk', async () => {
	expect(await syncsDuringWrites('synced')).toBeGreaterThanOrEqual(writes);
});

it('and the count means it: without syncing there is none', async () => {
	expect(await syncsDuringWrites('unsynced')).toBe(0);
});
