import { isHash, type Hash } from '#records/hash.ts';
import type { Photo } from '#records/phone-store.ts';
import { revOf } from '#records/revision.ts';
import { base64 } from '#records/base64.ts';

/** A photo as it lies in its grid's database. Its content decides all of it, so that sending it twice is sending it once. */
export type PhotoDocument = {
	readonly _id: string;
	readonly _rev: string;
	readonly _attachments: {
		readonly photo: { readonly content_type: Photo['type']; readonly data: string };
	};
};

const prefix = 'photo:';

export function photoId(hash: Hash): string {
	return `${prefix}${hash}`;
}

export function isPhotoId(id: string): boolean {
	return id.startsWith(prefix);
}

/** The photo that an id names; undefined when it is not one's. */
export function photoNamed(id: string): Hash | undefined {
	const hash = id.slice(prefix.length);
	return isPhotoId(id) && isHash(hash) ? hash : undefined;
}

export function photoDocument({ hash, type, bytes }: Photo): PhotoDocument {
	return {
		_id: photoId(hash),
		_rev: revOf(hash),
		_attachments: { photo: { content_type: type, data: base64(bytes) } }
	};
}
