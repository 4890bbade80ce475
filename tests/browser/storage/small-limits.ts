import type { PackLimits } from '#storage/pack-limits.ts';

/** Small numbers, so that few records make the tail fold and packs join. */
export const smallLimits: PackLimits = {
	records: 8,
	characters: 4000,
	keep: 2,
	foldAt: 2,
	joinAt: 3,
	photos: { kept: 2, delivered: 3 }
};
