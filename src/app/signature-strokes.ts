import { maxStrokeNumbers, maxStrokes, signatureUnits, type Signature } from '#kinds/signature.ts';

/** A point of a stroke, in the pixels of the field it is drawn on. */
export interface DrawnPoint {
	readonly x: number;
	readonly y: number;
}

type Point = readonly [number, number];

/** How far a line may stray from what was drawn: less than a pixel on a phone. */
const tolerance = 2;

/**
 * A stroke as it is kept, of a field `width` pixels wide: in thousandths of the width, cut at the field's edges, and
 * without the points that its line does not need (Douglas and Peucker). A hand gives 60 points a second, and five to
 * ten are left.
 */
export function strokeOf(drawn: readonly DrawnPoint[], width: number): Signature[number] {
	const unit = (pixels: number) =>
		Math.min(signatureUnits, Math.max(0, Math.round((pixels / width) * signatureUnits)));
	const points = drawn.map(({ x, y }): Point => [unit(x), unit(y)]);
	let kept = simplified(points, tolerance);
	for (let wider = tolerance * 2; kept.length * 2 > maxStrokeNumbers; wider *= 2)
		kept = simplified(points, wider);
	return kept.flat();
}

/** A stroke as it is drawn on a field `width` pixels wide. */
export function drawnStroke(stroke: readonly number[], width: number): readonly DrawnPoint[] {
	const pixels = (units: number) => (units / signatureUnits) * width;
	return Array.from({ length: Math.floor(stroke.length / 2) }, (_, index) => ({
		x: pixels(stroke[index * 2] ?? 0),
		y: pixels(stroke[index * 2 + 1] ?? 0)
	}));
}

/** Whether one more stroke fits. */
export function hasRoom(signature: readonly unknown[]): boolean {
	return signature.length < maxStrokes;
}

function simplified(points: readonly Point[], most: number): readonly Point[] {
	const [first, last] = [points[0], points.at(-1)];
	if (!first || !last || points.length < 2) return points;
	const [far, distance] = points.reduce<readonly [number, number]>(
		(farthest, point, index) => {
			const away = distanceTo(point, first, last);
			return away > farthest[1] ? [index, away] : farthest;
		},
		[0, 0]
	);
	if (distance <= most) return samePoint(first, last) ? [first] : [first, last];
	const before = simplified(points.slice(0, far + 1), most);
	return [...before.slice(0, -1), ...simplified(points.slice(far), most)];
}

/** From a point to the line between two others. */
function distanceTo([x, y]: Point, [fromX, fromY]: Point, [toX, toY]: Point): number {
	const [dx, dy] = [toX - fromX, toY - fromY];
	const square = dx * dx + dy * dy;
	const along = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - fromX) * dx + (y - fromY) * dy) / square));
	return Math.hypot(x - fromX - along * dx, y - fromY - along * dy);
}

function samePoint(a: Point, b: Point): boolean {
	return a[0] === b[0] && a[1] === b[1];
}
