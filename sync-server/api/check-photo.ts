import { hashOfBytes, isHash, type Hash } from '#records/hash.ts';
import type { Refusal } from '#records/check-revision.ts';
import { revOf } from '#records/revision.ts';
import type { ShapedDoc } from './document-shape.ts';

const prefix = 'photo:';
const maxBytes = 1024 * 1024;

export function isPhotoId(id: string): boolean {
	return id.startsWith(prefix);
}

export function photoIdOf(hash: Hash): string {
	return prefix + hash;
}

/**
 * Why a document is not a photo, or undefined when it is: `photo:<sha256 of the bytes>` with the revision
 * that follows from the hash, one attachment `photo` that is WebP or JPEG by its first bytes, and nothing else.
 */
export function photoRefusal(doc: ShapedDoc): Refusal | undefined {
	const { _id, _rev, _attachments, ...others } = doc;
	const [unknown] = Object.keys(others);
	if (unknown !== undefined) return { code: 'shape', detail: 'unknown field', at: `/${unknown}` };
	const names = Object.keys(_attachments ?? {});
	const photo = _attachments?.['photo'];
	if (names.length !== 1 || !photo)
		return { code: 'shape', detail: 'not one attachment, photo', at: '/_attachments' };
	if (!('data' in photo)) return { code: 'shape', detail: 'a stub without bytes', at: '/_attachments/photo' };
	if (photo.data.length > maxBytes) {
		return { code: 'bounds', detail: `more than ${maxBytes} bytes`, at: '/_attachments/photo' };
	}
	if (imageType(photo.data) !== photo.content_type) {
		return { code: 'shape', detail: 'not of the type it names', at: '/_attachments/photo/content_type' };
	}
	const hash = hashOfBytes(photo.data);
	if (!isHash(_id.slice(prefix.length))) return { code: 'shape', detail: 'not a hash', at: '/_id' };
	if (_id !== prefix + hash) return { code: 'hash', detail: `the bytes have hash ${hash}`, at: '/_id' };
	return _rev === revOf(hash) ? undefined : { code: 'shape', detail: `expected ${revOf(hash)}`, at: '/_rev' };
}

/** By the first bytes: JPEG's start of image (ISO 10918-1), or RIFF's header with WEBP (RFC 9649). */
function imageType(bytes: Buffer): 'image/jpeg' | 'image/webp' | undefined {
	if (bytes.subarray(0, 3).equals(Buffer.of(0xff, 0xd8, 0xff))) return 'image/jpeg';
	const isRiff = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
	return isRiff ? 'image/webp' : undefined;
}
