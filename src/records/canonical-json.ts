import { isJsonArray, isJsonObject, type Json } from './json.ts';

/**
 * The one text of a JSON value: RFC 8785 (JCS). Numbers and strings are written as ECMAScript's JSON.stringify does
 * (3.2.2), keys stand in the order of their UTF-16 code units (3.2.3).
 * @throws RangeError for what has no such text: half a surrogate pair, a number that is not finite.
 */
export function canonicalJson(value: Json): string {
	const ordered = inOrder(value);
	const text = ordered === undefined ? undefined : JSON.stringify(ordered);
	return text === undefined || mayHoldHalfAPair.test(text) ? written(value) : text;
}

/** JSON.stringify writes half a surrogate pair as an escape, which no whole character has. */
const mayHoldHalfAPair = /\\ud[89a-f]/;
/** An object has keys like these first, and in the order of numbers; the other one is no key of its own. */
const outOfOrder = /^(?:\d|__proto__$)/;

/**
 * The same value with every object's keys in order, for JSON.stringify: four times as fast as writing by hand.
 * Undefined when there is a key that cannot be brought into order.
 */
function inOrder(value: Json): Json | undefined {
	if (typeof value === 'number' && !Number.isFinite(value)) return undefined;
	if (isJsonArray(value)) {
		const items: Json[] = [];
		for (const item of value) {
			const ordered = inOrder(item);
			if (ordered === undefined) return undefined;
			items.push(ordered);
		}
		return items;
	}
	if (!isJsonObject(value)) return value;
	const members: Record<string, Json> = {};
	for (const key of Object.keys(value).sort()) {
		const member = value[key];
		if (member === undefined) continue; // no value of JSON: left out, as JSON.stringify does
		const ordered = outOfOrder.test(key) ? undefined : inOrder(member);
		if (ordered === undefined) return undefined;
		members[key] = ordered;
	}
	return members;
}

function written(value: Json): string {
	if (isJsonArray(value)) return `[${value.map(written).join(',')}]`;
	if (isJsonObject(value)) {
		const keys = Object.keys(value).filter((key) => value[key] !== undefined);
		return `{${keys
			.sort()
			.map((key) => `${written(key)}:${written(value[key] ?? null)}`)
			.join(',')}}`;
	}
	if (typeof value === 'string' && !value.isWellFormed()) throw new RangeError('half a surrogate pair');
	if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`${value} has no JSON text`);
	return JSON.stringify(value);
}
