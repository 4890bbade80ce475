import { base64 } from '#records/base64.ts';
import { namedHashes } from '#records/named-hashes.ts';
import type { PhoneStore } from '#records/phone-store.ts';
import type { Revision } from '#records/revision.ts';

/**
 * Offers records and the photos they name as one JSON file, in the form in which a device hands over: records as
 * they would have been sent, photos in base64.
 */
export async function saveWork(
	store: Pick<PhoneStore, 'photo'>,
	revisions: readonly Revision[],
	name: string
): Promise<void> {
	const hashes = new Set(revisions.flatMap(({ body }) => namedHashes(body)));
	const held = await Promise.all([...hashes].map((hash) => store.photo(hash)));
	const photos = held.flatMap((photo) =>
		photo ? [{ hash: photo.hash, type: photo.type, data: base64(photo.bytes) }] : []
	);
	const text = JSON.stringify({ records: revisions, photos }, undefined, '\t');
	const url = URL.createObjectURL(new Blob([`${text}\n`], { type: 'application/json' }));
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	// The download has taken hold of the bytes by the next turn.
	setTimeout(() => URL.revokeObjectURL(url));
}
