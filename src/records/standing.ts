import { nearestCommonAncestors, withAncestors } from './ancestry.ts';
import { canonicalJson, sameJson, type Hash } from './hash.ts';
import type { Json } from './json.ts';
import type { MergePolicy } from './merge-policy.ts';
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
		const values = new Map(
			writings.map(({ value }) => [value === undefined ? '' : canonicalJson(value), value])
		);
		if (values.size <= 1) return { settled: true, value: writings[0]?.value, writings };
		const sides = [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
		const merged = this.#policy.mergeField(path)?.(this.#base(path, writings), sides);
		return merged ? { settled: true, value: merged.value, writings } : { settled: false, writings };
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
