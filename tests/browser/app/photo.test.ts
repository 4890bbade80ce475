import { expect, test } from 'vitest';
import { downscale } from '#app/photo.ts';
import { hashOfBytes } from '#records/hash.ts';

/** A picture as a camera gives it: JPEG, coloured, with some detail; `noise` makes it hard to pack. */
async function picture(width: number, height: number, noise: boolean): Promise<Blob> {
	const canvas = new OffscreenCanvas(width, height);
	const context = canvas.getContext('2d');
	if (!context) throw new Error('no 2d context');
	const gradient = context.createLinearGradient(0, 0, width, height);
	gradient.addColorStop(0, '#2f7d4f');
	gradient.addColorStop(1, '#a8452c');
	context.fillStyle = gradient;
	context.fillRect(0, 0, width, height);
	if (noise) context.putImageData(noisy(width, height), 0, 0);
	return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 });
}

/** Pixels of a linear congruential generator (Numerical Recipes' constants): noise, the same every time. */
function noisy(width: number, height: number): ImageData {
	const pixels = new Uint32Array(width * height);
	let seed = 7;
	for (let index = 0; index < pixels.length; index += 1) {
		seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
		pixels[index] = seed | 0xff000000;
	}
	return new ImageData(new Uint8ClampedArray(pixels.buffer), width, height);
}

async function sizeOf(bytes: Uint8Array<ArrayBuffer>, type: string) {
	const bitmap = await createImageBitmap(new Blob([bytes], { type }));
	return { width: bitmap.width, height: bitmap.height };
}

test('a photo of 4000 × 3000 pixels becomes 1600 × 1200 WebP, named by the hash of its bytes', async () => {
	const result = await downscale(await picture(4000, 3000, false));
	if (!result.ok) throw new Error(result.why);
	const { hash, type, bytes } = result.photo;
	expect(type).toBe('image/webp');
	expect(new TextDecoder().decode(bytes.subarray(8, 12))).toBe('WEBP');
	expect(await sizeOf(bytes, type)).toEqual({ width: 1600, height: 1200 });
	expect(hash).toBe(hashOfBytes(bytes));
	expect(bytes.length).toBeLessThanOrEqual(1024 * 1024);
});

test('a photo that packs badly is brought under 1 MiB all the same', async () => {
	const result = await downscale(await picture(3000, 4000, true));
	if (!result.ok) throw new Error(result.why);
	const { type, bytes } = result.photo;
	expect(bytes.length).toBeLessThanOrEqual(1024 * 1024);
	const { width, height } = await sizeOf(bytes, type);
	expect(width / height).toBeCloseTo(0.75, 1);
	expect(height).toBeLessThanOrEqual(1600);
});

test('a file that is no picture is told apart', async () => {
	expect(await downscale(new Blob(['not a picture'], { type: 'image/jpeg' }))).toEqual({
		ok: false,
		why: 'unreadable'
	});
});
