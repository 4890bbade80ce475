/**
 * One entry of Vite's manifest, as far as it matters here. Keys of the manifest are source paths
 * or, for shared chunks, names of Vite's own.
 * @typedef {{ file: string, imports?: string[], dynamicImports?: string[] }} Chunk
 * @typedef {Record<string, Chunk>} Manifest
 */

/**
 * The chunks that `keys` need before they can run, themselves included: all static imports, and
 * of the dynamic ones those that `waits` does not name.
 * @param {Manifest} manifest
 * @param {readonly string[]} keys
 * @param {(key: string) => boolean} waits Whether a dynamic import is of no need for the first screen.
 * @returns {ReadonlySet<string>} Keys of the manifest.
 */
export function chunksOf(manifest, keys, waits) {
	/** @type {Set<string>} */
	const needed = new Set();
	const rest = [...keys];
	for (let key = rest.pop(); key !== undefined; key = rest.pop()) {
		if (needed.has(key)) continue;
		const chunk = manifest[key];
		if (!chunk) throw new Error(`no chunk ${key} in the build's manifest`);
		needed.add(key);
		rest.push(...(chunk.imports ?? []), ...(chunk.dynamicImports ?? []).filter((other) => !waits(other)));
	}
	return needed;
}
