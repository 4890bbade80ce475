import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { signatureLines } from '#app/signature-lines.ts';
import { drawnStroke, hasRoom, strokeOf } from '#app/signature-strokes.ts';
import { maxStrokes, signatureBody, signatureUnits } from '#kinds/signature.ts';
import { propertyRuns } from '../property-runs.ts';

const points = fc.array(
	fc.record({
		x: fc.double({ min: -50, max: 400, noNaN: true }),
		y: fc.double({ min: -50, max: 250, noNaN: true })
	}),
	{ minLength: 1, maxLength: 900 }
);

/** From a point to the nearest part of a stroke, in the stroke's units. */
function distance(x: number, y: number, stroke: readonly number[]): number {
	const corners = drawnStroke(stroke, signatureUnits);
	return Math.min(
		...corners.map((from, index) => {
			const to = corners[index + 1] ?? from;
			const square = (to.x - from.x) ** 2 + (to.y - from.y) ** 2;
			const dot = (x - from.x) * (to.x - from.x) + (y - from.y) * (to.y - from.y);
			const along = square === 0 ? 0 : Math.min(1, Math.max(0, dot / square));
			return Math.hypot(x - from.x - along * (to.x - from.x), y - from.y - along * (to.y - from.y));
		})
	);
}

test('whatever is drawn, also beyond the edges, is a stroke that can be kept', () => {
	fc.assert(
		fc.property(points, fc.integer({ min: 100, max: 2000 }), (drawn, width) => {
			const stroke = strokeOf(drawn, width);
			expect(v.is(signatureBody, [stroke])).toBe(true);
			expect(signatureLines([stroke]).path).toMatch(/^M\d+ \d+L\d+/);
		}),
		{ numRuns: Math.ceil(propertyRuns / 20) }
	);
});

test('a written stroke keeps its shape to a fraction of a pixel, in a tenth of its points', () => {
	const drawn = Array.from({ length: 120 }, (_, index) => ({
		x: 20 + index * 2,
		y: 80 + 40 * Math.sin(index / 20)
	}));
	const stroke = strokeOf(drawn, 328);
	expect(stroke.length / 2).toBeLessThan(20);
	const unit = signatureUnits / 328;
	for (const { x, y } of drawn) expect(distance(x * unit, y * unit, stroke)).toBeLessThan(3);
});

test('a name of twenty strokes is under a kilobyte', () => {
	const strokes = Array.from({ length: 20 }, (_, index) =>
		strokeOf(
			Array.from({ length: 24 }, (_, at) => ({
				x: 20 + (index % 7) * 40 + at * 1.2,
				y: 30 + Math.floor(index / 7) * 45 + 6 * Math.sin(at / 5 + index)
			})),
			328
		)
	);
	expect(JSON.stringify(strokes).length).toBeLessThan(1000);
});

test('a tap is a dot, and is drawn', () => {
	const stroke = strokeOf([{ x: 32.8, y: 65.6 }], 328);
	expect(stroke).toEqual([100, 200]);
	expect(signatureLines([stroke]).path).toBe('M100 200L100 200');
});

test('there is room for sixty strokes', () => {
	expect(hasRoom(Array.from({ length: maxStrokes - 1 }, () => [1, 1]))).toBe(true);
	expect(hasRoom(Array.from({ length: maxStrokes }, () => [1, 1]))).toBe(false);
});
