import type LevelDown from 'leveldown';

/** Where PouchDB's LevelDB adapter keeps `_local` documents: a store within the store, named between two marks. */
const localStore = '\u00fflocal-store\u00ff';
/** Follows every character an id can have. */
const end = '\u{10ffff}';

/** The ids of the `_local` documents that begin with `prefix`, at most `limit`; PouchDB lists them nowhere. */
export async function localIds(level: LevelDown, prefix: string, limit: number): Promise<readonly string[]> {
	const range = { gte: localStore + prefix, lt: localStore + prefix + end, limit };
	const iterator = level.iterator({ ...range, keys: true, values: false, keyAsBuffer: false });
	const ids: string[] = [];
	try {
		for (let key = await nextKey(iterator); key !== undefined; key = await nextKey(iterator))
			ids.push(key.slice(localStore.length));
	} finally {
		await new Promise<void>((resolve, reject) => {
			iterator.end((error) => (error ? reject(error) : resolve()));
		});
	}
	return ids;
}

function nextKey(iterator: ReturnType<LevelDown['iterator']>): Promise<string | undefined> {
	return new Promise((resolve, reject) => {
		iterator.next((error, key) => (error ? reject(error) : resolve(key)));
	});
}
