import { isHash, type Hash } from './hash.ts';
import type { Json } from './json.ts';

/**
 * Every hash a record's body holds, whatever its kind: photos are named so. Which of them are photos,
 * the store knows.
 */
export function namedHashes(body: Json): readonly Hash[] {
	const named: Hash[] = [];
	const rest: Json[] = [body];
	for (let value = rest.pop(); value !== undefined; value = rest.pop()) {
		if (isHash(value)) named.push(value);
		else if (typeof value === 'object' && value !== null) rest.push(...Object.values(value));
	}
	return named;
}
