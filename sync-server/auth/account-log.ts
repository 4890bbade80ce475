import * as v from 'valibot';
import { accountLogEntry, type AccountLogEntry } from '#access/accounts-api.ts';
import { sameJson } from '#records/hash.ts';
import { isJsonObject, type Json, type JsonObject } from '#records/json.ts';
import { rolesOf, withPasswordOf } from './stored-form.ts';

/** Who changes a user document, and when: ISO 8601, UTC. */
export interface Change {
	readonly by: string;
	readonly at: string;
}

type Deed = Pick<AccountLogEntry, 'deed' | 'before' | 'after'>;

/** Lines that an account keeps; older ones go. */
export const kept = 100;
const storedLog = v.array(accountLogEntry);
const credentials = ['derived_key', 'password_sha', 'salt'] as const;

/** What a user document says was done to it, oldest first. */
export function logOf(doc: Readonly<Record<string, unknown>> | undefined): readonly AccountLogEntry[] {
	const parsed = v.safeParse(storedLog, doc?.['log']);
	return parsed.success ? parsed.output : [];
}

/**
 * The log of `after`: that of the document as it was, and a line for each thing that differs. What `after` itself
 * says of its log counts for nothing. A deleted document has its log too.
 */
export function logged(
	before: JsonObject | undefined,
	after: JsonObject,
	{ by, at }: Change
): readonly JsonObject[] {
	const account = textOf(after['name']) ?? '';
	const deeds = deedsOf(isThere(before) ? before : undefined, after);
	const entries = deeds.map((deed) => ({ at, by, account, ...deed }));
	return [...logOf(before), ...entries].slice(-kept).map(toJson);
}

function toJson({ before, after, ...entry }: AccountLogEntry): JsonObject {
	return { ...entry, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}

function deedsOf(before: JsonObject | undefined, after: JsonObject): readonly Deed[] {
	if (!isThere(after)) return [{ deed: 'deleted', before: rolesText(before) }];
	if (!before) return [{ deed: 'created', after: rolesText(after) }];
	const deeds: Deed[] = [];
	if (rolesText(before) !== rolesText(after))
		deeds.push({ deed: 'roles', before: rolesText(before), after: rolesText(after) });
	if (before['display'] !== after['display'])
		deeds.push({ deed: 'display', before: textOf(before['display']), after: textOf(after['display']) });
	const disabled = after['disabled'] === true;
	if ((before['disabled'] === true) !== disabled) deeds.push({ deed: disabled ? 'disabled' : 'enabled' });
	const [was, is] = [withPasswordOf(before), withPasswordOf(after)];
	if (credentials.some((field) => was[field] !== is[field])) deeds.push({ deed: 'password' });
	const link = after['link'];
	if (isJsonObject(link) && !sameJson(link, before['link'])) deeds.push({ deed: 'link' });
	return deeds;
}

function isThere(doc: JsonObject | undefined): doc is JsonObject {
	return doc !== undefined && doc['_deleted'] !== true;
}

function rolesText(doc: JsonObject | undefined): string {
	return doc ? rolesOf(doc).join(' ') : '';
}

function textOf(value: Json | undefined): string | undefined {
	return typeof value === 'string' ? value : undefined;
}
