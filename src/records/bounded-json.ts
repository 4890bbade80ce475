import type { Json } from './json.ts';

/** What no record needs more of. Each bound keeps hostile input from costing more than it is worth. */
export interface JsonBounds {
	/** Nesting of arrays and objects. */
	readonly depth: number;
	/** Values in all, keys included. */
	readonly values: number;
	/** UTF-16 code units in all strings and keys together. */
	readonly characters: number;
}

/** Keys that change an object's prototype chain when assigned; no field of ours has such a name. */
const prototypeKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** Why `value` is not JSON within `bounds`, or undefined when it is. Goes no deeper than they allow. */
export function boundsBroken(value: unknown, bounds: JsonBounds): string | undefined {
	return brokenIn(value, 0, { values: 0, characters: 0 }, bounds);
}

/** What was met so far. */
interface Count {
	values: number;
	characters: number;
}

function brokenIn(value: unknown, depth: number, count: Count, bounds: JsonBounds): string | undefined {
	count.values += 1;
	if (count.values > bounds.values) return `more than ${bounds.values} values`;
	if (typeof value === 'string') return textBroken(value, 'text', count, bounds);
	if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'a number that is not finite';
	if (typeof value === 'boolean' || value === null) return undefined;
	if (typeof value !== 'object') return `a value of type ${typeof value}`;
	if (depth >= bounds.depth) return `nested deeper than ${bounds.depth}`;
	if (Array.isArray(value)) {
		for (const inner of value) {
			const broken = brokenIn(inner, depth + 1, count, bounds);
			if (broken) return broken;
		}
		return undefined;
	}
	for (const [key, inner] of Object.entries(value)) {
		if (prototypeKeys.has(key)) return `the key ${key}`;
		const broken = textBroken(key, 'a key', count, bounds) ?? brokenIn(inner, depth + 1, count, bounds);
		if (broken) return broken;
	}
	return undefined;
}

function textBroken(text: string, what: string, count: Count, bounds: JsonBounds): string | undefined {
	if (!text.isWellFormed()) return `${what} with half a surrogate pair`;
	count.characters += text.length;
	return count.characters > bounds.characters
		? `more than ${bounds.characters} characters of text`
		: undefined;
}

/** Whether `value` is JSON within `bounds`. */
export function isBoundedJson(value: unknown, bounds: JsonBounds): value is Json {
	return boundsBroken(value, bounds) === undefined;
}
