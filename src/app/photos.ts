import { isHash } from '#records/hash.ts';
import type { PhoneStore } from '#records/phone-store.ts';
import type { Synchroniser } from '#records/sync-status.ts';

/**
 * A photo from this device, else from the server, and then kept here. Undefined when neither has
 * it or the server cannot be reached.
 */
export async function findPhoto(
	store: Pick<PhoneStore, 'photo' | 'keepPhoto'>,
	server: Pick<Synchroniser, 'fetchPhoto'>,
	database: string,
	hash: string
): Promise<Blob | undefined> {
	if (!isHash(hash)) return undefined;
	const held = await store.photo(hash);
	if (held) return new Blob([held.bytes], { type: held.type });
	const fetched = await server.fetchPhoto(database, hash);
	if (!fetched) return undefined;
	const type = fetched.type === 'image/jpeg' ? fetched.type : 'image/webp';
	await store.keepPhoto({ hash, database, type, bytes: fetched.bytes });
	return new Blob([fetched.bytes], { type });
}
