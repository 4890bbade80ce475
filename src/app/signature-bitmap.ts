import type { Signature } from '#kinds/signature.ts';
import type { Bitmap } from './bitmap-png.ts';

/** Dots of one side of the field; strokes are as thick as a pen's at this size. */
const dots = 480;
const radius = 4;

/** A drawn signature as dots, cut to what is drawn: for papers that take pictures and no lines. */
export function signatureBitmap(strokes: Signature): Bitmap {
	const points = strokes.map(pointsOf);
	const all = points.flat();
	const left = Math.min(...all.map(({ x }) => x));
	const top = Math.min(...all.map(({ y }) => y));
	const scale = dots / Math.max(200, ...all.map(({ x }) => x - left), ...all.map(({ y }) => y - top));
	const place = ({ x, y }: Point) => ({
		x: Math.round((x - left) * scale) + radius,
		y: Math.round((y - top) * scale) + radius
	});
	const placed = points.map((stroke) => stroke.map(place));
	const width = Math.max(...placed.flat().map(({ x }) => x)) + radius + 1;
	const height = Math.max(...placed.flat().map(({ y }) => y)) + radius + 1;
	const rows = Array.from({ length: height }, () => Array.from({ length: width }, () => false));
	for (const stroke of placed) drawStroke(rows, stroke);
	return rows;
}

interface Point {
	readonly x: number;
	readonly y: number;
}

function pointsOf(numbers: readonly number[]): readonly Point[] {
	return Array.from({ length: numbers.length / 2 }, (_, index) => ({
		x: numbers[2 * index] ?? 0,
		y: numbers[2 * index + 1] ?? 0
	}));
}

function drawStroke(rows: boolean[][], stroke: readonly Point[]): void {
	stroke.forEach((to, index) => {
		const from = stroke[index - 1] ?? to;
		const steps = Math.max(1, Math.abs(to.x - from.x), Math.abs(to.y - from.y));
		for (let step = 0; step <= steps; step += 1) {
			const along = step / steps;
			drawDot(rows, from.x + (to.x - from.x) * along, from.y + (to.y - from.y) * along);
		}
	});
}

function drawDot(rows: boolean[][], atX: number, atY: number): void {
	for (let y = Math.ceil(atY - radius); y <= atY + radius; y += 1) {
		const row = rows[y];
		if (!row) continue;
		for (let x = Math.ceil(atX - radius); x <= atX + radius; x += 1)
			if ((x - atX) ** 2 + (y - atY) ** 2 <= radius ** 2 && x < row.length) row[x] = true;
	}
}
