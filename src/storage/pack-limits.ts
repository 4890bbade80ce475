/** How large packs grow, when the tail is folded into them, and which photos stay. Tests use small numbers. */
export interface PackLimits {
	/** Records in one pack at most. */
	readonly records: number;
	/** UTF-16 code units in a pack's text at most, unless a single record is longer. */
	readonly characters: number;
	/** Newest delivered rows that stay in the tail, where the app sees when they were delivered. */
	readonly keep: number;
	/** Delivered rows beyond those that make folding worth its while. */
	readonly foldAt: number;
	/** Packs of one group and about one size that make joining worth its while; at least 2. */
	readonly joinAt: number;
	/** Newest photos that stay though they could be fetched again or no record names them. */
	readonly photos: { readonly kept: number; readonly delivered: number };
}

/** A pack is read and parsed at one go: on a slow phone some 40 ms. */
export const packLimits: PackLimits = {
	records: 2000,
	characters: 1_000_000,
	keep: 500,
	foldAt: 500,
	joinAt: 8,
	photos: { kept: 200, delivered: 1000 }
};
