import type { Hash } from '#records/hash.ts';
import { isJsonObject, type Json, type JsonObject } from '#records/json.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { isScope, isWithin, type Scope } from '#records/scope.ts';

export const placeKinds = ['area', 'courtyard', 'household'] as const;
export type PlaceKind = (typeof placeKinds)[number];

/**
 * A place as it stands. `body` is null when it was withdrawn.
 * `doubts`: JSON Pointers to what two people wrote without seeing each other's.
 * `readings`: every body it may turn out to have; what its name is looked up by.
 */
export interface KnownPlace {
	readonly kind: PlaceKind;
	readonly scope: Scope;
	readonly heads: readonly Hash[];
	readonly body: JsonObject | null;
	readonly doubts: readonly string[];
	readonly readings: readonly JsonObject[];
}

/** The places of `set` within `base`, and those that `base` lies in, by their scope. */
export function knownPlaces(set: RevisionSet, base: Scope): ReadonlyMap<Scope, KnownPlace> {
	const known = new Map<Scope, KnownPlace>();
	for (const kind of placeKinds) {
		for (const entity of [...set.entities(kind)].sort()) {
			const scope = entity.replaceAll('.', '/');
			if (!isScope(scope) || !(isWithin(scope, base) || isWithin(base, scope))) continue;
			const place = knownPlace(set, kind, scope);
			if (place) known.set(scope, place);
		}
	}
	return known;
}

function knownPlace(set: RevisionSet, kind: PlaceKind, scope: Scope): KnownPlace | undefined {
	const state = set.state(kind, scope.replaceAll('/', '.'));
	if (state.status === 'unknown') return undefined;
	const { heads } = state;
	if (state.status === 'withdrawn') return { kind, scope, heads, body: null, doubts: [], readings: [] };
	const { body, doubts } = state;
	const others = doubts.flatMap(({ path, candidates }) =>
		candidates.flatMap(({ value }) => (value === undefined ? [] : [withField(body, path, value)]))
	);
	return { kind, scope, heads, body, doubts: doubts.map(({ path }) => path), readings: [body, ...others] };
}

/** The bodies of places are flat. */
function withField(body: JsonObject, path: string, value: Json): JsonObject {
	if (path === '') return isJsonObject(value) ? value : body;
	return { ...body, [path.slice(1)]: value };
}
