import type { Hash } from '#records/hash.ts';
import type { Photo } from '#records/phone-store.ts';
import { revOf } from '#records/revision.ts';

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

export function photoDocument({ hash, type, bytes }: Photo): PhotoDocument {
	return {
		_id: photoId(hash),
		_rev: revOf(hash),
		_attachments: { photo: { content_type: type, data: base64(bytes) } }
	};
}

/** RFC 4648, section 4. In slices, because a call takes only so many arguments. */
function base64(bytes: Uint8Array): string {
	const slice = 8192;
	let text = '';
	for (let from = 0; from < bytes.length; from += slice)
		text += String.fromCharCode(...bytes.subarray(from, from + slice));
	return btoa(text);
}
