import * as v from 'valibot';
import { canonicalJson } from '#records/canonical-json.ts';
import { sameJson } from '#records/hash.ts';
import { isJsonObject, type Json, type JsonObject } from '#records/json.ts';
import type { MergedField, MergeField } from '#records/merge-policy.ts';
import { joinSets, joinTexts } from '#records/merge-rules.ts';
import { clauseBody } from './clause.ts';

/**
 * Several versions of one clause. Taking it out stands against merely moving it; of several moves the one nearest
 * to the beginning stands, since a move is nobody's words. Heading and text are joined where the edits do not touch.
 */
export const joinClauses: MergeField = (base, sides) => {
	const present = sides.filter(isJsonObject);
	if (!isJsonObject(base)) return putBack(sides);
	if (present.length < sides.length)
		return present.every((side) => sameJson(wordsOf(side), wordsOf(base))) ? { value: undefined } : undefined;
	const members: [string, Json][] = [];
	for (const name of new Set([base, ...present].flatMap((side) => Object.keys(side)))) {
		const merged = joinMember(name, base[name], changed(name, base, present));
		if (!merged) return undefined;
		if (merged.value !== undefined) members.push([name, merged.value]);
	}
	return { value: Object.fromEntries(members) };
};

/** Several who put the same clause in, as when they restore it: it stands once. */
function putBack(sides: readonly (Json | undefined)[]): MergedField | undefined {
	const present = sides.filter(isJsonObject);
	const [first] = present.toSorted(byCanonicalJson);
	const same =
		first !== undefined &&
		present.length === sides.length &&
		present.every((side) => sameJson(wordsOf(side), wordsOf(first)));
	return same ? { value: first } : undefined;
}

function joinMember(
	name: string,
	base: Json | undefined,
	changes: readonly (Json | undefined)[]
): MergedField | undefined {
	if (changes.length === 0) return { value: base };
	if (changes.length === 1) return { value: changes[0] };
	switch (name) {
		case 'place':
			return { value: changes.toSorted(byCanonicalJson)[0] };
		case 'credits':
			return joinCredits(base, changes);
		case 'heading':
			return writable(clauseBody.entries.heading, joinTexts(base, changes));
		case 'text':
			return writable(clauseBody.entries.text, joinTexts(base, changes));
		default:
			return undefined;
	}
}

function joinCredits(base: Json | undefined, changes: readonly (Json | undefined)[]) {
	const joined = joinSets(base, changes);
	const none = Array.isArray(joined?.value) && joined.value.length === 0;
	return none ? { value: undefined } : writable(clauseBody.entries.credits, joined);
}

/** What was joined, where anyone could have written it: two long texts can make one that is too long. */
export function writable(schema: v.GenericSchema, merged: MergedField | undefined): MergedField | undefined {
	return merged && v.is(schema, merged.value) ? merged : undefined;
}

/** The different values that sides gave a member of the clause. */
function changed(
	name: string,
	base: JsonObject,
	sides: readonly JsonObject[]
): readonly (Json | undefined)[] {
	const values = sides.map((side) => side[name]).filter((value) => textOf(value) !== textOf(base[name]));
	return [...new Map(values.map((value) => [textOf(value), value])).values()];
}

/** All of a clause but where it stands. */
function wordsOf({ place: _place, ...words }: JsonObject): JsonObject {
	return words;
}

function byCanonicalJson(a: Json | undefined, b: Json | undefined): number {
	return textOf(a) < textOf(b) ? -1 : 1;
}

function textOf(value: Json | undefined): string {
	return value === undefined ? '' : canonicalJson(value);
}
