import { isBoundedJson } from '#records/bounded-json.ts';
import { isJsonObject, type Json, type JsonObject } from '#records/json.ts';

const bounds = { depth: 100, values: 1_000_000, characters: 100_000_000 };

/** The value of a JSON text, typed. @throws SyntaxError, RangeError */
export function parsedJson(text: string): Json {
	const value: unknown = JSON.parse(text);
	if (!isBoundedJson(value, bounds)) throw new RangeError(`not plain JSON: ${text.slice(0, 80)}`);
	return value;
}

/** A value as it is after a trip over the wire. */
export function overTheWire(value: unknown): JsonObject {
	const json = parsedJson(JSON.stringify(value));
	if (!isJsonObject(json)) throw new TypeError(`not an object: ${JSON.stringify(json)}`);
	return json;
}
