import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readPrivateFile, writePrivateFile } from './private-file.ts';
import { codeOf, StartError } from './start-error.ts';

/**
 * All this server keeps, in one folder that is its own (0700):
 *
 *     lock         held while a server runs
 *     secret       32 random bytes, hex; signs sessions
 *     server-uuid  this server's identity towards replicators
 *     setup.json   while there is no administrator: the hash of the set-up token
 *     databases/   LevelDB
 */
export interface DataDir {
	readonly databases: string;
	readonly setupFile: string;
	readonly secret: Buffer;
	readonly serverUuid: string;
	/** Lets another process have the folder. */
	close(): void;
}

/** @throws StartError when the folder cannot be made or written, or another process has it. */
export async function openDataDir(path: string): Promise<DataDir> {
	try {
		await mkdir(path, { recursive: true, mode: 0o700 });
		await chmod(path, 0o700);
	} catch (error) {
		throw unusable(path, error);
	}
	const lock = lockFolder(path);
	try {
		const secret = await kept(join(path, 'secret'), /^[0-9a-f]{64}$/, () => randomBytes(32).toString('hex'));
		const serverUuid = await kept(join(path, 'server-uuid'), /^[0-9a-f]{32}$/, () =>
			randomUUID().replaceAll('-', '')
		);
		return {
			databases: join(path, 'databases'),
			setupFile: join(path, 'setup.json'),
			secret: Buffer.from(secret, 'hex'),
			serverUuid,
			close: () => lock.close()
		};
	} catch (error) {
		lock.close();
		throw error instanceof StartError ? error : unusable(path, error);
	}
}

/**
 * Node has no file locks of its own. SQLite's are the operating system's: they end with the process however it
 * ends, so that none is left behind by a crash.
 */
function lockFolder(path: string): DatabaseSync {
	const file = join(path, 'lock');
	try {
		const lock = new DatabaseSync(file, { timeout: 0 });
		try {
			lock.exec('BEGIN EXCLUSIVE');
			return lock;
		} catch (error) {
			lock.close();
			throw error;
		}
	} catch (error) {
		const busy = error instanceof Error && 'errcode' in error && error.errcode === 5;
		if (busy) {
			throw new StartError(
				`DATA_DIR ${path} is in use by another server: stop that one, or choose another folder.`,
				{ cause: error }
			);
		}
		throw unusable(path, error);
	}
}

/** A value made once and kept from then on. @throws StartError when what is kept is not of its form. */
async function kept(file: string, form: RegExp, make: () => string): Promise<string> {
	const found = await readPrivateFile(file);
	if (found === undefined) {
		const made = make();
		await writePrivateFile(file, `${made}\n`);
		return made;
	}
	const value = found.trim();
	if (form.test(value)) return value;
	throw new StartError(`${file} is damaged: restore it from a backup, or remove it (sessions then end).`);
}

function unusable(path: string, error: unknown): StartError {
	return new StartError(
		`DATA_DIR ${path} cannot be written (${codeOf(error)}): give this user the folder, or choose another.`,
		{ cause: error }
	);
}
