/** Milliseconds. */
export interface BackOff {
	readonly first: number;
	readonly most: number;
}

export const usualBackOff: BackOff = { first: 2_000, most: 5 * 60_000 };

/**
 * How long to wait before trying again after `failures` tries in a row (1 or more) came to nothing:
 * anywhere between nothing and a bound that doubles up to `most`. Spreading over the whole range
 * ("full jitter") keeps phones that lost the server together from coming back together.
 *
 * `random`: in [0, 1).
 */
export function backOffDelay({ first, most }: BackOff, failures: number, random: number): number {
	return Math.round(random * Math.min(most, first * 2 ** (failures - 1)));
}
