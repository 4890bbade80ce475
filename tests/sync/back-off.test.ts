import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backOffDelay, usualBackOff } from '../../src/sync/back-off.ts';
import { propertyRuns } from '../property-runs.ts';

const randoms = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('a delay is never negative and never longer than the most, after however many failures', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 10_000 }), randoms, (failures, random) => {
			const delay = backOffDelay(usualBackOff, failures, random);
			expect(delay).toBeGreaterThanOrEqual(0);
			expect(delay).toBeLessThanOrEqual(usualBackOff.most);
		}),
		{ numRuns: propertyRuns }
	);
});

test.each([
	[1, 1_000],
	[2, 2_000],
	[3, 4_000],
	[8, 128_000],
	[9, 150_000],
	[30, 150_000]
])('after %i failures it is %i ms in the middle', (failures, ms) => {
	expect(backOffDelay(usualBackOff, failures, 0.5)).toBe(ms);
});

test('two phones that failed together come back at different times', () => {
	expect(backOffDelay(usualBackOff, 5, 0.1)).not.toBe(backOffDelay(usualBackOff, 5, 0.9));
});
