import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file that only the server's own user may read (0600). After a crash the file is either as it was or as
 * it should be: written beside, synced, then renamed over.
 */
export async function writePrivateFile(path: string, text: string): Promise<void> {
	const beside = `${path}.${randomUUID()}.new`;
	const file = await open(beside, 'wx', 0o600);
	try {
		await file.writeFile(text);
		await file.sync();
	} finally {
		await file.close();
	}
	await rename(beside, path);
	await syncFolder(dirname(path));
}

export async function removePrivateFile(path: string): Promise<void> {
	await rm(path, { force: true });
	await syncFolder(dirname(path));
}

/** The file's text, or undefined when there is none. */
export async function readPrivateFile(path: string): Promise<string | undefined> {
	try {
		return await readFile(path, 'utf8');
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
		throw error;
	}
}

/** A rename is on disk only once its folder is. Windows has no such call and needs none. */
async function syncFolder(path: string): Promise<void> {
	if (process.platform === 'win32') return;
	const folder = await open(path, 'r');
	try {
		await folder.sync();
	} finally {
		await folder.close();
	}
}
