import * as v from 'valibot';
import { joinFields, splitFields } from '#records/fields.ts';
import { canonicalJson, sameJson } from '#records/hash.ts';
import { isJsonObject, type Json, type JsonObject } from '#records/json.ts';
import type { MergedField, MergeField, MergePolicy } from '#records/merge-policy.ts';
import { joinSets, joinTexts } from '#records/merge-rules.ts';
import { byPlace, clauseBody } from './clause.ts';

const clausePath = /^\/clauses\/([^/]+)$/;

/**
 * How two people's work on one convention comes together. Each clause is a field, by its id; so is the stage, with
 * all that goes with it. Within a clause two texts are joined where the edits do not touch; a clause that one took
 * out and another reworded is a doubt.
 */
export const conventionPolicy: MergePolicy = {
	split({ clauses, stage, ...rest }) {
		const fields = new Map(splitFields(rest));
		if (stage !== undefined) fields.set('/stage', stage);
		if (!Array.isArray(clauses)) return clauses === undefined ? fields : fields.set('/clauses', clauses);
		clauses.forEach((clause: Json) => fields.set(clausePathOf(idOf(clause)), clause));
		return fields;
	},
	join(fields) {
		const clauses = [...fields].flatMap(([path, value]) => (clausePath.test(path) ? [value] : []));
		const rest = [...fields].filter(([path]) => !clausePath.test(path) && path !== '/stage');
		const stage = fields.get('/stage');
		return {
			clauses: clauses.sort(inOrder),
			...joinFields(new Map(rest)),
			...(stage !== undefined && { stage })
		};
	},
	mergeField(path) {
		if (path === '/preamble') return joinTexts;
		if (path === '/courtyards') return joinSets;
		return clausePath.test(path) ? joinClauses : undefined;
	}
};

/** The path under which a clause merges. */
export function clausePathOf(id: string): string {
	return `/clauses/${id}`;
}

/** The id of the clause that merges under `path`, undefined for other fields. */
export function clauseIdOfPath(path: string): string | undefined {
	return clausePath.exec(path)?.[1];
}

/**
 * Several versions of one clause. Taking it out stands against merely moving it; of several moves the one nearest
 * to the beginning stands, since a move is nobody's words.
 */
const joinClauses: MergeField = (base, sides) => {
	const present = sides.filter(isJsonObject);
	if (!isJsonObject(base)) return undefined;
	if (present.length < sides.length)
		return present.every((side) => sameJson(wordsOf(side), wordsOf(base))) ? { value: undefined } : undefined;
	const names = [...new Set([base, ...present].flatMap((side) => Object.keys(side)))].sort();
	const value: Record<string, Json> = {};
	for (const name of names) {
		const merged = joinMember(name, base[name], [...changed(name, base, present)]);
		if (!merged) return undefined;
		if (merged.value !== undefined) value[name] = merged.value;
	}
	return { value };
};

function joinMember(
	name: string,
	base: Json | undefined,
	changes: readonly (Json | undefined)[]
): MergedField | undefined {
	const [only] = changes;
	if (changes.length === 0) return { value: base };
	if (changes.length === 1) return { value: only };
	switch (name) {
		case 'place':
			return { value: [...changes].sort(byCanonicalJson)[0] };
		case 'credits':
			return joinSets(base, changes);
		default:
			return joinTexts(base, changes);
	}
}

/** The different values that sides gave a member of the clause. */
function changed(name: string, base: JsonObject, sides: readonly JsonObject[]): Iterable<Json | undefined> {
	const values = sides.map((side) => side[name]).filter((value) => text(value) !== text(base[name]));
	return new Map(values.map((value) => [text(value), value])).values();
}

/** All of a clause but where it stands. */
function wordsOf({ place: _place, ...words }: JsonObject): JsonObject {
	return words;
}

function inOrder(a: Json, b: Json): number {
	if (v.is(clauseBody, a) && v.is(clauseBody, b)) return byPlace(a, b);
	return byCanonicalJson(a, b);
}

function byCanonicalJson(a: Json | undefined, b: Json | undefined): number {
	return text(a) < text(b) ? -1 : 1;
}

function text(value: Json | undefined): string {
	return value === undefined ? '' : canonicalJson(value);
}

function idOf(clause: Json): string {
	const id = isJsonObject(clause) ? clause['id'] : undefined;
	return typeof id === 'string' ? id : '';
}
