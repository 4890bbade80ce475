import type { Hash } from '#records/hash.ts';
import { namedHashes } from '#records/named-hashes.ts';
import type { Revision } from '#records/revision.ts';
import type { SyncStore } from '#records/sync-store.ts';
import { photoDocument } from './photo-document.ts';
import type { Remote } from './remote.ts';
import { sendAll, type Sent } from './send-all.ts';

/** A photo that the server does not have after sending: refused for a reason, or not yet answered for. */
export interface Withheld {
	readonly refused?: string;
}

export interface PhotosSent {
	readonly sent: Sent;
	readonly withheld: ReadonlyMap<Hash, Withheld>;
}

/**
 * Sends the waiting photos that records name; photos of drafts stay here. One a request: on a bad
 * line a small request arrives where a large one does not.
 */
export async function pushPhotos(
	store: SyncStore,
	remote: Remote,
	database: string,
	revisions: readonly Revision[]
): Promise<PhotosSent> {
	const waiting = await store.photosWaiting(database);
	const named = new Set(revisions.flatMap(({ body }) => namedHashes(body)));
	const withheld = new Map<Hash, Withheld>();
	let all: Sent = {};
	for (const hash of [...named].filter((name) => waiting.has(name))) {
		const photo = await store.photo(hash);
		if (!photo) continue;
		withheld.set(hash, {});
		const sent = await sendAll(remote, database, [photoDocument(photo)], async ({ delivered, refused }) => {
			const [refusal] = refused;
			if (refusal) withheld.set(hash, { refused: refusal.reason });
			if (delivered.length === 0) return;
			await store.photosDelivered(database, [hash]);
			withheld.delete(hash);
		});
		all = { ...all, ...sent };
		if (sent.stopped) break;
	}
	return { sent: all, withheld };
}
