import type { Hash } from './hash.ts';

/** Revisions of one entity by hash, as far as they are known here; only their parents matter. */
export type History = ReadonlyMap<Hash, { readonly parents: readonly Hash[] }>;

/**
 * The revisions of one entity that no other builds on, in hash order.
 * One head: nobody worked at the same time. A parent not yet received counts as absent.
 */
export function heads(history: History): readonly Hash[] {
	const built = new Set<Hash>();
	for (const revision of history.values()) for (const parent of revision.parents) built.add(parent);
	return [...history.keys()].filter((hash) => !built.has(hash)).sort();
}

/** `hash` and everything it was built on, directly or not, as far as it is known here. */
export function withAncestors(history: History, hash: Hash): ReadonlySet<Hash> {
	const seen = new Set<Hash>();
	const rest = [hash];
	for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
		const revision = history.get(next);
		if (!revision || seen.has(next)) continue;
		seen.add(next);
		rest.push(...revision.parents);
	}
	return seen;
}

/**
 * The revisions that all of `of` were built on, and none of which another such was built on,
 * in hash order. More than one after a criss-cross merge; none where histories began apart.
 */
export function nearestCommonAncestors(history: History, of: readonly Hash[]): readonly Hash[] {
	const [first, ...others] = of.map((hash) => withAncestors(history, hash));
	if (!first) return [];
	const common = [...first].filter((hash) => others.every((ancestors) => ancestors.has(hash)));
	const sub = new Map(common.flatMap((hash) => entry(history, hash)));
	return heads(sub);
}

function entry(history: History, hash: Hash): [Hash, { readonly parents: readonly Hash[] }][] {
	const revision = history.get(hash);
	return revision ? [[hash, revision]] : [];
}

/** Every revision after all of its known parents; equal choices in hash order. */
export function parentsFirst(history: History): readonly Hash[] {
	const order: Hash[] = [];
	const placed = new Set<Hash>();
	const rest = [...history.keys()].sort().reverse();
	for (let next = rest.at(-1); next !== undefined; next = rest.at(-1)) {
		const waiting = placed.has(next)
			? []
			: (history.get(next)?.parents ?? []).filter((parent) => history.has(parent) && !placed.has(parent));
		if (waiting.length > 0) {
			rest.push(...waiting);
			continue;
		}
		rest.pop();
		if (!placed.has(next)) {
			placed.add(next);
			order.push(next);
		}
	}
	return order;
}
