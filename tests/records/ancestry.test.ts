import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heads, nearestCommonAncestors, parentsFirst, withAncestors } from '#records/ancestry.ts';
import type { Hash } from '#records/hash.ts';
import { propertyRuns } from '../property-runs.ts';
import { histories } from './histories.ts';

const runs = { numRuns: propertyRuns };

/** A history as a phone may know it: some revisions may not have arrived. */
const known = histories
	.chain((all) => fc.subarray([...all], { minLength: 1 }))
	.map((revisions) => new Map(revisions.map((revision) => [revision.hash, revision])));

describe('heads', () => {
	it('are built on by none, and every revision is a head or an ancestor of one', () => {
		fc.assert(
			fc.property(known, (history) => {
				const tips = heads(history);
				for (const { parents } of history.values()) {
					for (const parent of parents) expect(tips).not.toContain(parent);
				}
				const covered = new Set(tips.flatMap((tip) => [...withAncestors(history, tip)]));
				const unreached = [...history.keys()].filter((hash) => !covered.has(hash));
				// Only a revision whose child's path runs through one that has not arrived is not reached from a head.
				const reachable = (hash: Hash): boolean =>
					tips.includes(hash) ||
					[...history.values()].some(
						({ parents, hash: child }) => parents.includes(hash) && reachable(child)
					);
				expect(unreached.filter(reachable)).toEqual([]);
			}),
			runs
		);
	});
});

describe('nearestCommonAncestors', () => {
	it('are common ancestors, and every other common ancestor lies behind one of them', () => {
		fc.assert(
			fc.property(known, fc.nat(), fc.nat(), fc.nat(), (history, a, b, c) => {
				const all = [...history.keys()];
				const of = [a, b, c].flatMap((number) => all[number % all.length] ?? []);
				const nearest = nearestCommonAncestors(history, of);
				const common = all.filter((hash) => of.every((each) => withAncestors(history, each).has(hash)));
				for (const hash of nearest) expect(common).toContain(hash);
				for (const hash of common) {
					expect(nearest.some((near) => withAncestors(history, near).has(hash))).toBe(true);
				}
				for (const one of nearest) {
					for (const other of nearest) {
						if (one !== other) expect(withAncestors(history, one).has(other)).toBe(false);
					}
				}
			}),
			runs
		);
	});
});

describe('parentsFirst', () => {
	it('lists every revision once, after those of its parents that are known', () => {
		fc.assert(
			fc.property(known, (history) => {
				const order = parentsFirst(history);
				expect([...order].sort()).toEqual([...history.keys()].sort());
				for (const [hash, { parents }] of history) {
					for (const parent of parents) {
						if (history.has(parent)) expect(order.indexOf(parent)).toBeLessThan(order.indexOf(hash));
					}
				}
			}),
			runs
		);
	});
});
