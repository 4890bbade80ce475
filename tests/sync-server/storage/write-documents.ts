import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Databases } from '../../../sync-server/storage/databases.ts';
import { syncedLevel, unsyncedLevel } from '../../../sync-server/storage/level-factory.ts';

/*
 * A program: write-documents.ts FOLDER synced|unsynced COUNT [forever]
 * Writes COUNT documents, each after the one before was acknowledged, between making two folders that a trace shows.
 * With `forever` it goes on, prints the id of each as soon as it is acknowledged, and waits to be killed.
 */
const [folder = '', level = '', count = '0', mode] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const databases = await Databases.open(join(folder, 'databases'), {
	newId: () => randomUUID().replaceAll('-', ''),
	level: level === 'synced' ? syncedLevel : unsyncedLevel
});
await databases.create('shelf');
const shelf = await databases.get('shelf');
if (!shelf) throw new Error('no database');

await mkdir(join(folder, 'writes-begin'), { recursive: true });
for (let index = 0; index < Number(count) || mode === 'forever'; index += 1) {
	const [result] = await shelf.write([{ _id: `book-${index}` }], true);
	if (!result?.ok) throw new Error(JSON.stringify(result));
	if (mode === 'forever') process.stdout.write(`${result.id}\n`);
}
await mkdir(join(folder, 'writes-end'), { recursive: true });
await databases.close();
