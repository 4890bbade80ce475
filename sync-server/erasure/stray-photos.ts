import * as v from 'valibot';
import type { Database } from '../storage/database.ts';
import type { Databases } from '../storage/databases.ts';
import { bury } from '../storage/tombstones.ts';
import { photoId, unnamedPhotos } from './household-data.ts';

const prefix = 'stray:';
const stray = v.object({ _id: v.string(), database: v.string(), photo: v.string() });

/**
 * Photos of records that were refused because their household was erased: they came before their records. Which, is
 * written down in `database` until they are gone.
 */
export class StrayPhotos {
	readonly #databases: Databases;
	readonly #open: () => Promise<Database>;

	constructor(databases: Databases, open: () => Promise<Database>) {
		this.#databases = databases;
		this.#open = open;
	}

	/** Writes down those that are there; whether any is. */
	async note(database: string, hashes: readonly string[]): Promise<boolean> {
		const keys = [...new Set(hashes)].map(photoId);
		const home = keys.length > 0 ? await this.#databases.get(database) : undefined;
		const { rows } = (await home?.allDocs({ keys })) ?? { rows: [] };
		const there = rows.flatMap((row) => ('id' in row && row.value.deleted !== true ? [row.id] : []));
		const noted = there.map((photo) => ({ _id: `${prefix}${database}:${photo}`, database, photo }));
		const results = await (await this.#open()).write(noted, true);
		const failed = results.find((result) => !result.ok && result.error !== 'conflict');
		if (failed && !failed.ok) throw new Error(`cannot write ${failed.id}: ${failed.reason}`);
		return there.length > 0;
	}

	/** Takes out of their databases those that no record names, and off the disk. */
	async take(): Promise<void> {
		const noted = await this.#open();
		const range = { startkey: prefix, endkey: `${prefix}\u{ffff}`, include_docs: true };
		const { rows } = await noted.allDocs(range);
		const strays = rows.flatMap((row) => {
			const parsed = v.safeParse(stray, 'doc' in row ? row.doc : undefined);
			return parsed.success ? [parsed.output] : [];
		});
		for (const [name, own] of Map.groupBy(strays, ({ database }) => database)) {
			const database = await this.#databases.get(name);
			if (!database) continue;
			const photos = own.map(({ photo }) => photo);
			await bury(database, await unnamedPhotos(database, photos, new Set()));
			await database.purge();
		}
		await bury(
			noted,
			strays.map(({ _id }) => _id)
		);
	}
}
