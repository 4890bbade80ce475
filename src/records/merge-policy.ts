import type { Json, JsonObject } from './json.ts';
import { joinFields, splitFields } from './fields.ts';

/** What does justice to all sides; `value` undefined: that the field is taken out. */
export interface MergedField {
	readonly value: Json | undefined;
}

/**
 * Joins values of one field that people wrote without seeing each other's.
 *
 * `base`: what stood where their histories parted, undefined if nothing did.
 * `sides`: two or more different values, in canonical order; undefined: the field was taken out.
 * Returns undefined when only a person can say. Must not depend on the order of `sides`.
 */
export type MergeField = (
	base: Json | undefined,
	sides: readonly (Json | undefined)[]
) => MergedField | undefined;

/** How bodies of one kind come apart into fields that merge separately, and back together. */
export interface MergePolicy {
	split(body: JsonObject): ReadonlyMap<string, Json>;
	join(fields: ReadonlyMap<string, Json>): JsonObject;
	/** The rule for a field, by its path. Without one, different values are a doubt. */
	mergeField(path: string): MergeField | undefined;
}

/**
 * Fields are the leaves of the body, lists whole, and so is each member named in `whole`, with all that is in it;
 * whatever two people changed differently is a doubt. `rules`: by path.
 */
export function fieldByField(
	rules: Readonly<Record<string, MergeField>> = {},
	whole: readonly string[] = []
): MergePolicy {
	const byPath = new Map(Object.entries(rules));
	const isWhole = (member: string) => whole.includes(member);
	return {
		split(body) {
			const members = Object.entries(body);
			const leaves = splitFields(Object.fromEntries(members.filter(([member]) => !isWhole(member))));
			const wholes = members.flatMap(([member, value]): [string, Json][] =>
				isWhole(member) ? [[`/${member}`, value]] : []
			);
			return new Map([...leaves, ...wholes]);
		},
		join(fields) {
			const wholes = [...fields].filter(([path]) => isWhole(path.slice(1)));
			return {
				...joinFields(new Map([...fields].filter(([path]) => !isWhole(path.slice(1))))),
				...Object.fromEntries(wholes.map(([path, value]) => [path.slice(1), value]))
			};
		},
		mergeField: (path) => byPath.get(path)
	};
}
