import { checkRevision } from '#records/check-revision.ts';
import type { Hash } from '#records/hash.ts';
import type { Revision } from '#records/revision.ts';
import type { FeedChange } from '#records/sync-store.ts';
import { isPhotoId, photoNamed } from './photo-document.ts';

export interface TakenIn {
	readonly revisions: readonly Revision[];
	/** Documents that claim to be records and are not what their hash says: ids, in the feed's order. */
	readonly damaged: readonly string[];
	/** What the server has deleted, as it does when it erases: ids of records, and hashes of photos. */
	readonly gone: { readonly ids: readonly string[]; readonly photos: readonly Hash[] };
}

/**
 * The records among a page of changes. Records of kinds this version does not know come along as they
 * are; photos and CouchDB's own documents are not for this feed.
 *
 * A record with a field this version does not know cannot be checked, and the feed is read on past it.
 * A version that gives records a new field must forget the checkpoints when it upgrades the schema:
 * then every feed is read from its start, which repeats harmlessly.
 */
export function takeIn(changes: readonly FeedChange[]): TakenIn {
	const revisions: Revision[] = [];
	const damaged: string[] = [];
	const ids: string[] = [];
	const photos: Hash[] = [];
	for (const { id, deleted, doc } of changes) {
		if (id.startsWith('_')) continue;
		if (isPhotoId(id)) {
			if (deleted) photos.push(...[photoNamed(id) ?? []].flat());
			continue;
		}
		if (deleted) {
			ids.push(id);
			continue;
		}
		const checked = checkRevision(doc);
		if (checked.ok) revisions.push(checked.revision);
		else damaged.push(id);
	}
	return { revisions, damaged, gone: { ids, photos } };
}
