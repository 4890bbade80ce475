import { heads, nearestCommonAncestors, parentsFirst } from './ancestry.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Hash } from './hash.ts';
import type { Json, JsonObject } from './json.ts';
import type { MergePolicy } from './merge-policy.ts';
import type { Revision } from './revision.ts';
import { Standings, type Writing } from './standing.ts';

/** One of the values people wrote without seeing each other's, and the revisions that wrote it. */
export interface Candidate {
	/** Absent: these revisions took the field out, or withdrew the entity. */
	readonly value?: Json;
	readonly by: readonly Hash[];
}

/** Something only a person can settle. `path` is a JSON Pointer into the body, `''` the whole entity. */
export interface Doubt {
	readonly path: string;
	readonly candidates: readonly Candidate[];
}

/**
 * What an entity is, by all that is known of it. Plain JSON, so that two devices can compare it
 * byte for byte.
 *
 * `body`: without the fields in doubt, so that nothing takes one candidate for the truth.
 * `writers`: for each field of `body`, the revisions that wrote what stands there.
 */
export type EntityState =
	| { readonly status: 'unknown' }
	| { readonly status: 'withdrawn'; readonly heads: readonly Hash[] }
	| {
			readonly status: 'present';
			readonly heads: readonly Hash[];
			readonly body: JsonObject;
			readonly doubts: readonly Doubt[];
			readonly writers: Readonly<Record<string, readonly Hash[]>>;
	  };

/**
 * Folds the revisions of one entity into its state. The same for every order, grouping and
 * repetition of `revisions`.
 */
export function stateOf(revisions: Iterable<Revision>, policy: MergePolicy): EntityState {
	const history = new Map([...revisions].map((revision) => [revision.hash, revision]));
	const [first, second] = history.values();
	if (!first) return { status: 'unknown' };
	if (!second && first.body) return stateOfOne(first.hash, first.body, policy);
	const tips = heads(history);
	const alive = tips.filter((tip) => history.get(tip)?.body);
	if (alive.length === 0) return { status: 'withdrawn', heads: tips };

	const standings = new Standings(history, parentsFirst(history), policy);
	const fields = new Map<string, Json>();
	const writers: [string, readonly Hash[]][] = [];
	const doubts: Doubt[] = existenceDoubt(history, tips, alive);
	for (const [path, writings] of standings.together(tips)) {
		const resolved = standings.resolve(path, writings);
		if (!resolved.settled) doubts.push({ path, candidates: candidates(writings) });
		else if (resolved.value !== undefined) {
			fields.set(path, resolved.value);
			writers.push([path, writings.map(({ by }) => by)]);
		}
	}
	return {
		status: 'present',
		heads: tips,
		body: policy.join(fields),
		doubts,
		writers: Object.fromEntries(writers)
	};
}

/** The heads of an entity; [] for one that nobody has written about. */
export function headsOf(state: EntityState): readonly Hash[] {
	return state.status === 'unknown' ? [] : state.heads;
}

/** Most entities have one record, and nothing to merge: what it says is what stands. */
function stateOfOne(hash: Hash, body: JsonObject, policy: MergePolicy): EntityState {
	const by = [hash];
	const fields = policy.split(body);
	const writers = Object.fromEntries([...fields.keys()].map((path) => [path, by]));
	return { status: 'present', heads: by, body, doubts: [], writers };
}

/**
 * A withdrawal and a live revision that grew from the same beginning contradict each other.
 * Beginnings of their own do not: who withdraws an entry takes back what they had seen, no more.
 */
function existenceDoubt(
	history: ReadonlyMap<Hash, Revision>,
	tips: readonly Hash[],
	alive: readonly Hash[]
): Doubt[] {
	const withdrawn = tips.filter((tip) => !history.get(tip)?.body);
	const related = (a: Hash, b: Hash) => nearestCommonAncestors(history, [a, b]).length > 0;
	const contested = withdrawn.filter((gone) => alive.some((tip) => related(gone, tip)));
	if (contested.length === 0) return [];
	const standing = alive.filter((tip) => contested.some((gone) => related(gone, tip)));
	return [
		{
			path: '',
			candidates: [
				{ by: contested },
				...standing.flatMap((tip) => {
					const body = history.get(tip)?.body;
					return body ? [{ value: body, by: [tip] }] : [];
				})
			]
		}
	];
}

function candidates(writings: readonly Writing[]): readonly Candidate[] {
	const byValue = new Map<string, { value: Json | undefined; by: Hash[] }>();
	for (const { value, by } of writings) {
		const text = value === undefined ? '' : canonicalJson(value);
		const same = byValue.get(text);
		if (same) same.by.push(by);
		else byValue.set(text, { value, by: [by] });
	}
	return [...byValue.values()].map(({ value, by }) => (value === undefined ? { by } : { value, by }));
}
