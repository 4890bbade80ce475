import { isJsonObject, type Json, type JsonObject } from './json.ts';

/**
 * The leaves of `body` by JSON Pointer (RFC 6901): `{ a: { b: 1 }, c: [2] }` gives `/a/b` and `/c`.
 * A list is one leaf, and so is an object without members.
 */
export function splitFields(body: JsonObject): ReadonlyMap<string, Json> {
	return new Map(Object.entries(body).flatMap(([key, value]) => leaves(`/${escapeKey(key)}`, value)));
}

function leaves(path: string, value: Json): [string, Json][] {
	if (!isJsonObject(value) || Object.keys(value).length === 0) return [[path, value]];
	return Object.entries(value).flatMap(([key, inner]) => leaves(`${path}/${escapeKey(key)}`, inner));
}

/**
 * The body with `fields` as its leaves. Where one path runs through another's leaf (two people gave
 * a field different shapes), the deeper one stands.
 */
export function joinFields(fields: ReadonlyMap<string, Json>): JsonObject {
	const byFirstKey = new Map<string, Map<string, Json>>();
	for (const [path, value] of fields) {
		const cut = path.indexOf('/', 1);
		const key = unescapeKey(cut < 0 ? path.slice(1) : path.slice(1, cut));
		const inner = byFirstKey.get(key) ?? new Map<string, Json>();
		byFirstKey.set(key, inner.set(cut < 0 ? '' : path.slice(cut), value));
	}
	return Object.fromEntries([...byFirstKey].sort(byKey).map(([key, inner]) => [key, joined(inner)]));
}

function joined(inner: Map<string, Json>): Json {
	const leaf = inner.get('');
	if (leaf !== undefined && inner.size === 1) return leaf;
	inner.delete('');
	return joinFields(inner);
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
	return a < b ? -1 : 1;
}

function escapeKey(key: string): string {
	return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function unescapeKey(key: string): string {
	return key.replaceAll('~1', '/').replaceAll('~0', '~');
}
