import { decoded, drawn } from './photo.ts';
import type { Size } from './photo-size.ts';

/** A photo as every word processor can show it. */
export interface JpegPhoto extends Size {
	readonly bytes: Uint8Array<ArrayBuffer>;
}

const quality = 0.85;

/** A JPEG stays as it is, byte for byte; what else browsers read is written anew. Undefined: it is no picture. */
export async function jpegOf(photo: Blob): Promise<JpegPhoto | undefined> {
	const bitmap = await decoded(photo);
	if (!bitmap) return undefined;
	try {
		const { width, height } = bitmap;
		const jpeg =
			photo.type === 'image/jpeg'
				? photo
				: await drawn(bitmap, { width, height }).convertToBlob({ type: 'image/jpeg', quality });
		return { width, height, bytes: new Uint8Array(await jpeg.arrayBuffer()) };
	} finally {
		bitmap.close();
	}
}
