import { canonicalJson } from './canonical-json.ts';
import type { Json } from './json.ts';
import type { MergeField } from './merge-policy.ts';
import { mergeTexts } from './merge-texts.ts';

/**
 * Lists taken as sets: what anyone added is in, what anyone took out is out. In canonical order.
 * Anything but lists is left to a person.
 */
export const joinSets: MergeField = (base, sides) => {
	const start = members(base ?? []);
	const lists = sides.map((side) => members(side ?? []));
	if (!start || lists.some((list) => !list)) return undefined;
	const union = new Map<string, Json>();
	for (const list of lists) for (const [text, value] of list ?? []) union.set(text, value);
	const kept = [...union].filter(([text]) => !start.has(text) || lists.every((list) => list?.has(text)));
	return { value: kept.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value) };
};

function members(value: Json): ReadonlyMap<string, Json> | undefined {
	return Array.isArray(value) ? new Map(value.map((item: Json) => [canonicalJson(item), item])) : undefined;
}

/** One text out of several, where the edits do not touch. Anything but texts is left to a person. */
export const joinTexts: MergeField = (base, sides) => {
	const texts = sides.filter((side) => typeof side === 'string');
	if (typeof base !== 'string' || texts.length < sides.length) return undefined;
	const value = mergeTexts(base, texts);
	return value === undefined ? undefined : { value };
};
