import { canonicalJson } from '#records/canonical-json.ts';
import { hashOfJson } from '#records/hash.ts';
import { isJsonObject, type Json } from '#records/json.ts';
import { fieldByField, type MergeField, type MergePolicy } from '#records/merge-policy.ts';
import { brokenId } from './keyed-kind.ts';

/** How bodies merge that hold one list of things with ids and places in an order. */
export interface ItemsPolicy {
	/** The body's member that holds the list: each item merges by its id, on a path `/<list>/<id>`. */
	readonly list: string;
	readonly mergeItem: MergeField;
	/** Members that merge as one, with all that is in them. */
	readonly whole: readonly string[];
	readonly rules: Readonly<Record<string, MergeField>>;
}

/** What cannot be read as an item is carried along by its hash, so that nothing is lost. */
export function itemsById({ list, mergeItem, whole, rules }: ItemsPolicy): MergePolicy {
	const itemPath = new RegExp(`^/${list}/[^/]+$`);
	const rest = fieldByField(rules, whole);
	return {
		split({ [list]: items, ...others }) {
			const fields = new Map(rest.split(others));
			for (const item of differentIn(items)) {
				const path = itemPathOf(list, memberOf(item, 'id'));
				const isFirst = brokenId(memberOf(item, 'id')) === undefined && !fields.has(path);
				fields.set(isFirst ? path : itemPathOf(list, hashOfJson(item)), item);
			}
			return fields;
		},
		join(fields) {
			const items = [...fields].flatMap(([path, value]) => (itemPath.test(path) ? [value] : []));
			const others = [...fields].filter(([path]) => !itemPath.test(path));
			return { ...rest.join(new Map(others)), [list]: items.sort(inOrder) };
		},
		mergeField: (path) => (itemPath.test(path) ? mergeItem : rest.mergeField(path))
	};
}

/** The path under which an item of `list` merges. */
export function itemPathOf(list: string, id: string): string {
	return `/${list}/${id}`;
}

/** Items said twice in the same words stand once. */
function differentIn(items: Json | undefined): readonly Json[] {
	if (items === undefined) return [];
	const all: readonly Json[] = Array.isArray(items) ? items : [items];
	return [...new Map(all.map((item) => [canonicalJson(item), item])).values()];
}

/** By place and then by id; what is no item comes first. */
function inOrder(a: Json, b: Json): number {
	const [one, other] = [a, b].map((item) => [memberOf(item, 'place'), memberOf(item, 'id')]);
	for (const index of [0, 1]) {
		const [left = '', right = ''] = [one?.[index], other?.[index]];
		if (left !== right) return left < right ? -1 : 1;
	}
	return canonicalJson(a) < canonicalJson(b) ? -1 : 1;
}

function memberOf(item: Json, name: string): string {
	const value = isJsonObject(item) ? item[name] : undefined;
	return typeof value === 'string' ? value : '';
}
