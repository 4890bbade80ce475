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

/**
 * Why `value` is not JSON within `bounds`, or undefined when it is.
 * Walks with a list of its own, so that deep nesting cannot exhaust the stack.
 */
export function boundsBroken(value: unknown, bounds: JsonBounds): string | undefined {
	const rest: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
	let values = 0;
	let characters = 0;
	for (let next = rest.pop(); next; next = rest.pop()) {
		values += 1;
		if (values > bounds.values) return `more than ${bounds.values} values`;
		const item = next.value;
		if (typeof item === 'string') {
			if (!item.isWellFormed()) return 'text with half a surrogate pair';
			characters += item.length;
		} else if (typeof item === 'number') {
			if (!Number.isFinite(item)) return 'a number that is not finite';
		} else if (typeof item === 'object' && item !== null) {
			if (next.depth >= bounds.depth) return `nested deeper than ${bounds.depth}`;
			if (Array.isArray(item)) {
				if (item.length > bounds.values) return `more than ${bounds.values} values`;
				for (const inner of item) rest.push({ value: inner, depth: next.depth + 1 });
			} else {
				for (const [key, inner] of Object.entries(item)) {
					if (prototypeKeys.has(key)) return `the key ${key}`;
					if (!key.isWellFormed()) return 'a key with half a surrogate pair';
					characters += key.length;
					rest.push({ value: inner, depth: next.depth + 1 });
				}
			}
		} else if (typeof item !== 'boolean' && item !== null) {
			return `a value of type ${typeof item}`;
		}
		if (characters > bounds.characters) return `more than ${bounds.characters} characters of text`;
	}
	return undefined;
}

/** Whether `value` is JSON within `bounds`. */
export function isBoundedJson(value: unknown, bounds: JsonBounds): value is Json {
	return boundsBroken(value, bounds) === undefined;
}
