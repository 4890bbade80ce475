import { nearestCommonAncestors, withAncestors } from './ancestry.ts';
import { canonicalJson } from './canonical-json.ts';
import { sameJson, type Hash } from './hash.ts';
import type { Json } from './json.ts';
import type { MergedField, MergePolicy } from './merge-policy.ts';
import type { Revision } from './revision.ts';

/** A value of a field with the revision that wrote it; undefined: that revision took the field out. */
export interface Writing {
	readonly value: Json | undefined;
	readonly by: Hash;
}

/**
 * What stands in each field: the writings that nobody who saw them has replaced, in order of `by`.
 * More than one: people wrote the field without seeing each other's.
 */
export type Standing = ReadonlyMap<string, readonly Writing[]>;

/** A field after its policy was asked: one value, or candidates between which a person must choose. */
export type Resolved =
	| { readonly settled: true; readonly value: Json | undefined; readonly writings: readonly Writing[] }
	| { readonly settled: false; readonly writings: readonly Writing[] };

/**
 * Standing after each revision of a history. Derived from the revisions and their parents alone,
 * so it is the same in whatever order they arrived.
 */
export class Standings {
	readonly #revisions: ReadonlyMap<Hash, Revision>;
	readonly #policy: MergePolicy;
	readonly #after = new Map<Hash, Standing>();
	readonly #ancestors = new Map<Hash, ReadonlySet<Hash>>();
	/** By path and writers: asked for again at every level of a history of many meetings. */
	readonly #bases = new Map<string, Json | undefined>();

	/** `order`: the revisions' hashes, parents before children. */
	constructor(revisions: ReadonlyMap<Hash, Revision>, order: readonly Hash[], policy: MergePolicy) {
		this.#revisions = revisions;
		this.#policy = policy;
		for (const hash of order) this.#after.set(hash, this.#standingAfter(hash));
	}

	/**
	 * What stands when `tips` come together: a writing stands unless a tip that was built on it no
	 * longer has it. Withdrawals among the tips, and parents not received, say nothing of the fields.
	 */
	together(tips: readonly Hash[]): Standing {
		const alive = tips.filter((tip) => this.#revisions.get(tip)?.body);
		const [only] = alive;
		if (only === undefined) return new Map();
		if (alive.length === 1) return this.#after.get(only) ?? new Map();
		const paths = new Set(alive.flatMap((tip) => [...(this.#after.get(tip)?.keys() ?? [])]));
		return new Map([...paths].sort().map((path) => [path, this.#surviving(path, alive)]));
	}

	/** Asks the policy about a field. Equal values count as one; the base is what stood where the writers parted. */
	resolve(path: string, writings: readonly Writing[]): Resolved {
		const merged = this.#merged(path, writings);
		return merged ? { settled: true, value: merged.value, writings } : { settled: false, writings };
	}

	/**
	 * Undefined: only a person can say. Writers who parted later than the others, when something else stood, are
	 * merged first, over what stood then: measured by what stood before, what they took out of it would not show.
	 */
	#merged(path: string, writings: readonly Writing[]): MergedField | undefined {
		const sides = distinct(writings.map(({ value }) => value));
		if (sides.length <= 1) return { value: sides[0] };
		const merge = this.#policy.mergeField(path);
		if (!merge) return undefined;
		const base = this.#base(path, writings);
		const groups = writings.length > 2 ? this.#partedLater(path, writings, base) : [];
		if (groups.length === 1) return undefined;
		if (groups.every(({ length }) => length === 1)) return merge(base, sides);
		const merged = groups.flatMap((group) => this.#merged(path, group) ?? []);
		if (merged.length < groups.length) return undefined;
		const values = distinct(merged.map(({ value }) => value));
		return values.length === 1 ? { value: values[0] } : merge(base, values);
	}

	/** The writings, together those between whom something else stood than `base` when they parted. */
	#partedLater(
		path: string,
		writings: readonly Writing[],
		base: Json | undefined
	): readonly (readonly Writing[])[] {
		return writings.reduce<readonly (readonly Writing[])[]>((groups, writing) => {
			const near = groups.filter((group) =>
				group.some((other) => !sameJson(this.#base(path, [other, writing]), base))
			);
			return [...groups.filter((group) => !near.includes(group)), [...near.flat(), writing]];
		}, []);
	}

	#standingAfter(hash: Hash): Standing {
		const revision = this.#revisions.get(hash);
		if (!revision?.body) return new Map();
		const before = this.together(revision.parents);
		const fields = this.#policy.split(revision.body);
		const paths = [...new Set([...before.keys(), ...fields.keys()])].sort();
		return new Map(
			paths.map((path) => {
				const value = fields.get(path);
				const writings = before.get(path) ?? [];
				const kept = this.resolve(path, writings);
				return [path, kept.settled && sameJson(kept.value, value) ? writings : [{ value, by: hash }]];
			})
		);
	}

	#surviving(path: string, tips: readonly Hash[]): readonly Writing[] {
		const all = new Map<Hash, Writing>();
		for (const tip of tips) for (const writing of this.#writings(tip, path)) all.set(writing.by, writing);
		return [...all.values()]
			.filter(({ by }) =>
				tips.every(
					(tip) => !this.#ancestorsOf(tip).has(by) || this.#writings(tip, path).some((kept) => kept.by === by)
				)
			)
			.sort((a, b) => (a.by < b.by ? -1 : 1));
	}

	#base(path: string, writings: readonly Writing[]): Json | undefined {
		const key = [path, ...writings.map(({ by }) => by).sort()].join(' ');
		if (!this.#bases.has(key)) this.#bases.set(key, this.#baseFolded(path, writings));
		return this.#bases.get(key);
	}

	#baseFolded(path: string, writings: readonly Writing[]): Json | undefined {
		const parted = nearestCommonAncestors(
			this.#revisions,
			writings.map(({ by }) => by)
		);
		const resolved = this.resolve(path, this.together(parted).get(path) ?? []);
		return resolved.settled ? resolved.value : undefined;
	}

	#writings(tip: Hash, path: string): readonly Writing[] {
		return this.#after.get(tip)?.get(path) ?? [];
	}

	#ancestorsOf(hash: Hash): ReadonlySet<Hash> {
		const known = this.#ancestors.get(hash) ?? withAncestors(this.#revisions, hash);
		this.#ancestors.set(hash, known);
		return known;
	}
}

/** In canonical order, each once. */
function distinct(values: readonly (Json | undefined)[]): readonly (Json | undefined)[] {
	const byText = new Map(values.map((value) => [value === undefined ? '' : canonicalJson(value), value]));
	return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}
