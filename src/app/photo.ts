import { hashOfBytes, type Hash } from '#records/hash.ts';
import type { Photo } from '#records/phone-store.ts';
import { maxPhotoBytes, photoAttempts, type Size } from './photo-size.ts';

/** A picture made small enough to keep: the name is the SHA-256 of the bytes. */
export interface TakenPhoto {
	readonly hash: Hash;
	readonly type: Photo['type'];
	readonly bytes: Uint8Array<ArrayBuffer>;
}

export type Downscaled =
	| { readonly ok: true; readonly photo: TakenPhoto }
	| { readonly ok: false; readonly why: 'unreadable' | 'too-large' };

/**
 * Makes a photo from the camera small: at most 1600 pixels and 1 MiB, WebP where the browser can
 * write it and else JPEG. Turned the way the camera was held; what else the camera noted (place,
 * time, model) is gone with the original's bytes.
 */
export async function downscale(file: Blob): Promise<Downscaled> {
	const bitmap = await decoded(file);
	if (!bitmap) return { ok: false, why: 'unreadable' };
	try {
		for (const attempt of photoAttempts(bitmap)) {
			const blob = await encoded(drawn(bitmap, attempt), attempt.quality);
			if (blob && blob.size <= maxPhotoBytes) return { ok: true, photo: await taken(blob) };
		}
		return { ok: false, why: 'too-large' };
	} finally {
		bitmap.close();
	}
}

export async function decoded(file: Blob): Promise<ImageBitmap | undefined> {
	try {
		return await createImageBitmap(file, { imageOrientation: 'from-image' });
	} catch {
		return undefined; // not a picture, or of a format this browser cannot read
	}
}

export function drawn(bitmap: ImageBitmap, { width, height }: Size): OffscreenCanvas {
	const canvas = new OffscreenCanvas(width, height);
	const context = canvas.getContext('2d', { alpha: false });
	if (!context) throw new Error(`no 2d context for ${width} × ${height}`);
	context.imageSmoothingQuality = 'high';
	context.drawImage(bitmap, 0, 0, width, height);
	return canvas;
}

/** A browser that cannot write WebP answers with PNG: then JPEG, which all can write. */
async function encoded(canvas: OffscreenCanvas, quality: number): Promise<Blob | undefined> {
	for (const type of ['image/webp', 'image/jpeg']) {
		const blob = await canvas.convertToBlob({ type, quality });
		if (blob.type === type) return blob;
	}
	return undefined;
}

async function taken(blob: Blob): Promise<TakenPhoto> {
	const bytes = new Uint8Array(await blob.arrayBuffer());
	return { hash: hashOfBytes(bytes), type: blob.type === 'image/webp' ? 'image/webp' : 'image/jpeg', bytes };
}
