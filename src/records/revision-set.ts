import { isHash, type Hash } from './hash.ts';
import type { MergePolicy } from './merge-policy.ts';
import { entityKey, type Revision } from './revision.ts';
import { stateOf, type EntityState } from './state-of.ts';

/** Names an entity among all kinds. */
export interface EntityRef {
	readonly kind: string;
	readonly entity: string;
}

/**
 * The revisions held in memory, found by entity, with each entity's state folded when asked for.
 * Adding is the union of sets, removing their difference: repeats change nothing.
 */
export class RevisionSet {
	readonly #policyOf: (kind: string) => MergePolicy;
	readonly #byKind = new Map<string, Map<string, Map<Hash, Revision>>>();
	readonly #states = new Map<string, EntityState>();
	#size = 0;

	constructor(policyOf: (kind: string) => MergePolicy) {
		this.#policyOf = policyOf;
	}

	get size(): number {
		return this.#size;
	}

	/** Takes in `revisions`; returns the entities that have something new, each once. */
	add(revisions: Iterable<Revision>): readonly EntityRef[] {
		const changed = new Map<string, EntityRef>();
		for (const revision of revisions) {
			const { kind, entity, hash } = revision;
			const held = this.#held(kind, entity);
			if (held.has(hash)) continue;
			held.set(hash, revision);
			this.#size += 1;
			const key = entityKey(kind, entity);
			this.#states.delete(key);
			changed.set(key, { kind, entity });
		}
		return [...changed.values()];
	}

	/** Takes out the revisions of these ids; returns the entities that had one, each once. */
	remove(ids: Iterable<string>): readonly EntityRef[] {
		const changed = new Map<string, EntityRef>();
		for (const id of ids) {
			const [kind = '', entity = '', hash] = id.split(':');
			const held = this.#byKind.get(kind)?.get(entity);
			if (!held || !isHash(hash) || !held.delete(hash)) continue;
			if (held.size === 0) this.#byKind.get(kind)?.delete(entity);
			this.#size -= 1;
			const key = entityKey(kind, entity);
			this.#states.delete(key);
			changed.set(key, { kind, entity });
		}
		return [...changed.values()];
	}

	/** The kinds that were ever held here, those of later versions of the app too. */
	kinds(): Iterable<string> {
		return this.#byKind.keys();
	}

	/** The entities of a kind, in no particular order. */
	entities(kind: string): Iterable<string> {
		return this.#byKind.get(kind)?.keys() ?? [];
	}

	revisions(kind: string, entity: string): Iterable<Revision> {
		return this.#byKind.get(kind)?.get(entity)?.values() ?? [];
	}

	revision(kind: string, entity: string, hash: Hash): Revision | undefined {
		return this.#byKind.get(kind)?.get(entity)?.get(hash);
	}

	state(kind: string, entity: string): EntityState {
		const key = entityKey(kind, entity);
		const known = this.#states.get(key) ?? stateOf(this.revisions(kind, entity), this.#policyOf(kind));
		this.#states.set(key, known);
		return known;
	}

	#held(kind: string, entity: string): Map<Hash, Revision> {
		const ofKind = this.#byKind.get(kind) ?? new Map<string, Map<Hash, Revision>>();
		this.#byKind.set(kind, ofKind);
		const held = ofKind.get(entity) ?? new Map<Hash, Revision>();
		ofKind.set(entity, held);
		return held;
	}
}
