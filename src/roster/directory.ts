import { childScope, levelOf, parentScope, type Scope } from '#records/scope.ts';
import type { JsonObject } from '#records/json.ts';
import type { KnownPlace } from './known-place.ts';
import {
	hashedSegment,
	householdKey,
	householdSegment,
	placeKey,
	placeSegment,
	withoutCommunity,
	type PlaceLevel
} from './place-key.ts';

/**
 * Finds a place by its name within another, and gives one that is not there yet its scope. The
 * same name gives the same place, whoever asks and in whatever order.
 */
export class Directory {
	readonly #known: ReadonlyMap<Scope, KnownPlace>;
	/** Scopes by parent and key. Of two known places with one name the first by scope is meant. */
	readonly #byKey = new Map<string, Scope>();
	readonly #communities = new Map<Scope, string>();

	constructor(known: ReadonlyMap<Scope, KnownPlace>) {
		this.#known = known;
		const inOrder = [...known.values()].sort((a, b) => (a.scope < b.scope ? -1 : 1));
		for (const { scope, readings } of inOrder) {
			const parent = parentScope(scope);
			if (!parent) continue;
			for (const body of readings) {
				const key = this.#keyOf(scope, body);
				if (key !== undefined && !this.#byKey.has(`${parent} ${key}`)) {
					this.#byKey.set(`${parent} ${key}`, scope);
				}
			}
		}
	}

	known(scope: Scope): KnownPlace | undefined {
		return this.#known.get(scope);
	}

	/** Lets `scope` be found by `name`: a community whose office names it for the first time. */
	name(scope: Scope, name: string): void {
		this.#byKey.set(`${parentScope(scope) ?? ''} ${placeKey('community', name)}`, scope);
	}

	place(parent: Scope, level: PlaceLevel, name: string): Scope {
		const own = level === 'grid' ? withoutCommunity(name, this.#communities.get(parent) ?? '') : name;
		const key = placeKey(level, own);
		const letter = { community: 'm', grid: 'g', courtyard: 'c' }[level];
		const scope = this.#find(parent, key, placeSegment(level, key), letter);
		if (level === 'community' && !this.#communities.has(scope)) this.#communities.set(scope, name);
		return scope;
	}

	household(courtyard: Scope, cells: { readonly number?: string; readonly door?: string }): Scope {
		const key = householdKey(cells);
		return this.#find(courtyard, key, householdSegment(key), key.startsWith('number') ? 'h' : 'd');
	}

	/** By its key, else by the segment that follows from it, unless a place of another name has that. */
	#find(parent: Scope, key: string, segment: string, letter: string): Scope {
		const known = this.#byKey.get(`${parent} ${key}`);
		if (known) return known;
		const derived = childScope(parent, segment);
		const there = this.#known.get(derived)?.readings ?? [];
		const taken = there.some((body) => this.#keyOf(derived, body) !== undefined);
		const scope = taken ? childScope(parent, hashedSegment(letter, key)) : derived;
		this.#byKey.set(`${parent} ${key}`, scope);
		return scope;
	}

	#keyOf(scope: Scope, body: JsonObject): string | undefined {
		const { name, number, door } = body;
		const level = levelOf(scope);
		if (level === 'household') {
			if (typeof number === 'string') return householdKey({ number });
			return typeof door === 'string' ? householdKey({ door }) : undefined;
		}
		if (level === 'subdistrict' || typeof name !== 'string') return undefined;
		if (level === 'community') this.#communities.set(scope, name);
		const community = this.#communities.get(parentScope(scope) ?? scope) ?? '';
		return placeKey(level, level === 'grid' ? withoutCommunity(name, community) : name);
	}
}
