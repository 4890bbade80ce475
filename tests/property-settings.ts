/** The seed of a run where none is asked for: it tries the same cases every time. */
const usualSeed = 20_261_123;

/** What FC_SEED asks for: a whole number, `random`, or nothing. @throws RangeError */
export function seedOf(asked: string | undefined, chance: () => number): number {
	if (asked === undefined) return usualSeed;
	if (asked === 'random') return Math.floor(chance() * 2 ** 31);
	const seed = Number(asked);
	if (asked.trim() === '' || !Number.isInteger(seed)) throw new RangeError(`FC_SEED is not a seed: ${asked}`);
	return seed;
}
