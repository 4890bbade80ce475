import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitWithin, longestSide, photoAttempts } from '#app/photo-size.ts';

const sizes = fc.record({
	width: fc.integer({ min: 1, max: 12_000 }),
	height: fc.integer({ min: 1, max: 12_000 })
});

test('a photo is shrunk to its longest side and keeps its shape', () => {
	expect(fitWithin({ width: 4000, height: 3000 }, 1600)).toEqual({ width: 1600, height: 1200 });
	expect(fitWithin({ width: 3000, height: 4000 }, 1600)).toEqual({ width: 1200, height: 1600 });
});

test('a small photo is not enlarged', () => {
	expect(fitWithin({ width: 320, height: 240 }, 1600)).toEqual({ width: 320, height: 240 });
});

test('no attempt exceeds the longest side or loses a dimension', () => {
	fc.assert(
		fc.property(sizes, (size) => {
			for (const { width, height } of photoAttempts(size)) {
				expect(Math.max(width, height)).toBeLessThanOrEqual(longestSide);
				expect(Math.min(width, height)).toBeGreaterThanOrEqual(1);
			}
		})
	);
});

test('attempts give up quality before size, and end with few pixels', () => {
	const attempts = [...photoAttempts({ width: 4000, height: 3000 })];
	expect(attempts.slice(0, 4).map(({ width }) => width)).toEqual([1600, 1600, 1600, 1600]);
	expect(attempts.slice(0, 4).map(({ quality }) => quality)).toEqual([0.82, 0.7, 0.55, 0.4]);
	expect(attempts.at(-1)?.width).toBeLessThan(300);
});
