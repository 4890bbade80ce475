import type { Database } from './database.ts';
import type { Databases } from './databases.ts';

/** A database of the server's own, made when there is none: administrators may delete any but the accounts. */
export async function internalDatabase(databases: Databases, name: string): Promise<Database> {
	const found = await databases.get(name);
	if (found) return found;
	await databases.create(name);
	const made = await databases.get(name);
	if (!made) throw new Error(`cannot open the database ${name}`);
	return made;
}
