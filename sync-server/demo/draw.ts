/** A number in [0, 1) that depends on the seed and the key alone, not on what was drawn before. */
export type Draw = (...key: readonly (string | number)[]) => number;

/** FNV-1a over seed and key, then MurmurHash3's finalizer: even enough for a demonstration, and quick. */
export function drawing(seed: string): Draw {
	return (...key) => {
		let hash = 0x811c9dc5;
		for (const letter of [seed, ...key].join('\n')) {
			hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
		}
		hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
		hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
		return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
	};
}

/** @throws RangeError when there is nothing to choose from. */
export function choose<T>(drawn: number, from: readonly T[]): T {
	const chosen = from[Math.floor(drawn * from.length)];
	if (chosen === undefined) throw new RangeError(`nothing to choose from ${from.length} with ${drawn}`);
	return chosen;
}
