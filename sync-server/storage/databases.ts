import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type LevelDown from 'leveldown';
import PouchDB, { type EngineCounts, type EngineMigration } from 'pouchdb-core';
import leveldbAdapter from 'pouchdb-adapter-leveldb';
import { fileNameOf, isDatabaseName, nameOfFile } from './database-file-name.ts';
import { DatabaseUpdates } from './database-updates.ts';
import { Database } from './database.ts';
import { writeFresh } from './fresh-documents.ts';
import { localIds } from './local-ids.ts';
import { remembering, syncedLevel, type LevelFactory } from './level-factory.ts';
import { rewrite } from './rewriting.ts';

export interface DatabasesOptions {
	/** A random name of 32 hex digits, another at every call. */
	readonly newId: () => string;
	/** `syncedLevel` unless the data may be lost. */
	readonly level?: LevelFactory;
}

/** Written again and again, and nobody replicates them: of what was overwritten nothing is kept. */
const overwritten: readonly string[] = ['cards', 'devices'];
const compacting = { auto_compaction: true, revs_limit: 10 };

/** Begins the folders of databases that were destroyed and are being removed. */
const removedPrefix = '.removed-';

/**
 * The databases under one folder, a folder each. Opening, creating and destroying happen one after
 * another; a database once opened stays open.
 */
export class Databases {
	readonly updates: DatabaseUpdates;
	readonly #folder: string;
	readonly newId: () => string;
	readonly #level: LevelFactory;
	readonly #opened = new Map<string, Database>();
	#turn: Promise<unknown> = Promise.resolve();

	private constructor(folder: string, { newId, level = syncedLevel }: DatabasesOptions) {
		this.#folder = folder;
		this.newId = newId;
		this.#level = level;
		this.updates = new DatabaseUpdates(newId());
	}

	/** Opens the folder, made when it is not there, and takes away what a crash left half removed. */
	static async open(folder: string, options: DatabasesOptions): Promise<Databases> {
		PouchDB.plugin(leveldbAdapter);
		await mkdir(folder, { recursive: true });
		const databases = new Databases(folder, options);
		for (const file of await readdir(folder)) {
			if (file.startsWith(removedPrefix)) await rm(join(folder, file), { recursive: true, force: true });
		}
		for (const name of await databases.list()) databases.updates.publish(name, 'updated');
		return databases;
	}

	/** Names in order. */
	async list(): Promise<readonly string[]> {
		const files = await readdir(this.#folder);
		return files.flatMap((file) => nameOfFile(file) ?? []).sort();
	}

	/** The database, or undefined when there is none of that name. */
	async get(name: string): Promise<Database | undefined> {
		return this.#opened.get(name) ?? (await this.#inTurn(() => this.#openExisting(name)));
	}

	async create(name: string): Promise<'created' | 'exists' | 'illegal name'> {
		if (!isDatabaseName(name)) return 'illegal name';
		return await this.#inTurn(async () => {
			if (await this.#openExisting(name)) return 'exists';
			await mkdir(this.#pathOf(name));
			await this.#openFolder(name);
			await syncFolder(this.#folder);
			this.updates.publish(name, 'created');
			return 'created';
		});
	}

	/** Waits for operations under way, then removes the database. False when there was none. */
	async destroy(name: string): Promise<boolean> {
		return await this.#inTurn(async () => {
			const database = await this.#openExisting(name);
			if (!database) return false;
			await database.close();
			this.#opened.delete(name);
			const removed = join(this.#folder, `${removedPrefix}${this.newId()}`);
			await rename(this.#pathOf(name), removed);
			await syncFolder(this.#folder);
			this.updates.publish(name, 'deleted');
			await rm(removed, { recursive: true });
			return true;
		});
	}

	/** Ends every wait for an update, and closes every database after its operations under way. */
	async close(): Promise<void> {
		this.updates.end();
		await this.#inTurn(async () => {
			await Promise.all([...this.#opened.values()].map((database) => database.close()));
			this.#opened.clear();
		});
	}

	async #openExisting(name: string): Promise<Database | undefined> {
		const opened = this.#opened.get(name);
		if (opened) return opened;
		if (!isDatabaseName(name) || !(await isFolder(this.#pathOf(name)))) return undefined;
		return await this.#openFolder(name);
	}

	async #openFolder(name: string): Promise<Database> {
		let opened: LevelDown | undefined;
		let counted: EngineCounts | undefined;
		const opening = remembering(this.#level, (level) => (opened = level));
		const engine = new PouchDB(this.#pathOf(name), {
			...{ adapter: 'leveldb', db: opening, migrate: noMigration((counts) => (counted = counts)) },
			...(overwritten.includes(name) && compacting)
		});
		const uuid = await engine.id();
		const onWrite = (ids: readonly string[], removes: boolean) =>
			this.updates.publish(name, 'updated', ids, removes);
		const [level, counts] = [opened, counted];
		if (!level || !counts) throw new Error(`the store of ${name} was opened elsewhere`);
		const database = new Database(name, uuid, engine, onWrite, {
			writeFresh: (docs) => writeFresh(level, counts, docs),
			rewrite: () => rewrite(level),
			localIds: (prefix, limit) => localIds(level, prefix, limit)
		});
		this.#opened.set(name, database);
		return database;
	}

	#pathOf(name: string): string {
		return join(this.#folder, fileNameOf(name));
	}

	#inTurn<T>(operation: () => Promise<T>): Promise<T> {
		const result = this.#turn.then(operation);
		this.#turn = result.catch(() => undefined);
		return result;
	}
}

/** All stores here are of this version of PouchDB; what it counts is told, since it is had nowhere else. */
function noMigration(onOpened: (counts: EngineCounts) => void): EngineMigration {
	return {
		doMigrationOne: (_name, _store, callback) => callback(),
		doMigrationTwo(store, _stores, callback) {
			onOpened(store);
			callback();
		}
	};
}

async function isFolder(path: string): Promise<boolean> {
	try {
		return (await stat(path)).isDirectory();
	} catch {
		return false; // ENOENT: there is none
	}
}

/** Makes names in a folder survive a power cut. Windows has no such call and does not need it. */
async function syncFolder(path: string): Promise<void> {
	if (process.platform === 'win32') return;
	const folder = await open(path);
	try {
		await folder.sync();
	} finally {
		await folder.close();
	}
}
