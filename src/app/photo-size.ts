/** Width and height in pixels. */
export interface Size {
	readonly width: number;
	readonly height: number;
}

/** One way to write a picture down: how large, and at which quality (0 to 1, as canvases take it). */
export interface PhotoAttempt extends Size {
	readonly quality: number;
}

/** The longest side a photo keeps, in pixels: enough to tell what lies in a bin. */
export const longestSide = 1600;
/** What the server takes of a photo. */
export const maxPhotoBytes = 1024 * 1024;

const qualities = [0.82, 0.7, 0.55, 0.4] as const;
const shrink = 0.7;
const smallestSide = 200;

/** `size` shrunk so that its longest side is at most `longest`; never enlarged, never below one pixel. */
export function fitWithin({ width, height }: Size, longest: number): Size {
	const scale = Math.min(1, longest / Math.max(width, height));
	return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * What to try, one after another, until the bytes are few enough: first less quality at full
 * size, then smaller pictures. Ends at a size where any picture fits.
 */
export function* photoAttempts(original: Size): Generator<PhotoAttempt> {
	for (let side: number = longestSide; side >= smallestSide; side *= shrink) {
		for (const quality of qualities) yield { ...fitWithin(original, Math.round(side)), quality };
	}
}
