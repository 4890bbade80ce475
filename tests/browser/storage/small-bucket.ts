import { onTestFinished } from 'vitest';

/** What TypeScript does not yet know of the Storage Buckets API (WICG). */
interface Buckets {
	open(name: string, options: { quota: number }): Promise<{ readonly indexedDB: IDBFactory }>;
	delete(name: string): Promise<void>;
}

declare global {
	interface Navigator {
		readonly storageBuckets: Buckets;
	}
}

/** An IndexedDB with room for `quota` bytes, gone when the test ends: a device that gets full at once. */
export async function smallBucket(name: string, quota: number): Promise<IDBFactory> {
	const bucket = await navigator.storageBuckets.open(name, { quota });
	onTestFinished(() => navigator.storageBuckets.delete(name));
	return bucket.indexedDB;
}
