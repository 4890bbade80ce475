import { boundsBroken, type JsonBounds } from './bounded-json.ts';
import { isHash, type Hash } from './hash.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import { hashOf, revisionId, revOf, type Revision, type RevisionContent } from './revision.ts';
import { isScope } from './scope.ts';

/** Why a record is refused. The code is stable: the app has a sentence for each in every language. */
export type RefusalCode =
	| 'shape' // not a record: a field is missing, unknown, or of the wrong form
	| 'bounds' // too large, too deep, or with keys no record may have
	| 'hash' // the content does not match its hash
	| 'kind' // a kind of record not known here
	| 'body' // the body breaks its kind's schema or rules
	| 'scope' // the record lies outside this database or outside the account's scopes
	| 'author' // the record names another author than the account that sent it
	| 'rights' // the account's role may not write this kind
	| 'erased'; // personal data of a household that had its data erased since it was written

/** `at` is a JSON Pointer (RFC 6901) to the field concerned, where there is one. */
export interface Refusal {
	readonly code: RefusalCode;
	readonly detail: string;
	readonly at?: string;
}

export type Checked =
	{ readonly ok: true; readonly revision: Revision } | { readonly ok: false; readonly refusal: Refusal };

/** A record is text, not media: photos are documents of their own. */
export const recordBounds: JsonBounds = { depth: 12, values: 20_000, characters: 262_144 };

const fields = [
	'_id',
	'_rev',
	'kind',
	'entity',
	'parents',
	'scope',
	'author',
	'device',
	'at',
	'body',
	'reason',
	'hash'
];
const kindPattern = /^[a-z][a-z0-9-]{0,31}$/;
const entityPattern = /^[a-z0-9_.-]{1,200}$/;
const authorPattern = /^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,63}$/u;
const devicePattern = /^[A-Za-z0-9_-]{1,64}$/;
const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const maxParents = 64;
const maxReason = 500;

/**
 * Takes any value for a record: shape, bounds, id, rev and hash. Kind and rights are checked by
 * those who know them. Never throws.
 */
export function checkRevision(value: unknown): Checked {
	const broken = boundsBroken(value, recordBounds);
	if (broken) return refused('bounds', broken);
	if (!isJsonObject(value)) return refused('shape', 'not an object');
	const unknown = Object.keys(value).find((key) => !fields.includes(key));
	if (unknown !== undefined) return refused('shape', 'unknown field', `/${unknown}`);
	const content = contentFrom(value);
	if ('code' in content) return { ok: false, refusal: content };
	const hash = hashOf(content);
	if (value['hash'] !== hash) return refused('hash', `content has hash ${hash}`, '/hash');
	const _id = revisionId(content.kind, content.entity, hash);
	if (value['_id'] !== _id) return refused('shape', `expected ${_id}`, '/_id');
	const _rev = revOf(hash);
	if (value['_rev'] !== _rev) return refused('shape', `expected ${_rev}`, '/_rev');
	return { ok: true, revision: { _id, _rev, ...content, hash } };
}

function contentFrom(value: JsonObject): RevisionContent | Refusal {
	const { kind, entity, parents, scope, author, device, at, body, reason } = value;
	if (!matches(kind, kindPattern)) return wrong('kind');
	if (!matches(entity, entityPattern)) return wrong('entity');
	if (!isParents(parents)) return wrong('parents');
	if (!isScope(scope)) return wrong('scope');
	if (!isAuthor(author)) return wrong('author');
	if (!matches(device, devicePattern)) return wrong('device');
	if (!isInstant(at)) return wrong('at');
	if (body !== null && !isJsonObject(body)) return wrong('body');
	const content = { kind, entity, parents, scope, author, device, at, body };
	if (reason === undefined) return body === null ? wrong('reason') : content;
	if (typeof reason !== 'string' || reason.trim() === '' || reason.length > maxReason) return wrong('reason');
	return { ...content, reason };
}

/** Whether an account of this name can be the author of a record. */
export function isAuthor(value: unknown): value is string {
	return matches(value, authorPattern);
}

function matches(value: unknown, pattern: RegExp): value is string {
	return typeof value === 'string' && pattern.test(value);
}

function isParents(value: unknown): value is readonly Hash[] {
	return (
		Array.isArray(value) &&
		value.length <= maxParents &&
		value.every((parent, index) => isHash(parent) && (index === 0 || value[index - 1] < parent))
	);
}

/** `2026-02-30T00:00:00.000Z` and 24 o'clock parse, but to instants of another day. */
function isInstant(value: unknown): value is string {
	if (!matches(value, instantPattern)) return false;
	return new Date(Date.parse(value)).getUTCDate() === Number(value.slice(8, 10));
}

function wrong(field: string): Refusal {
	return { code: 'shape', detail: 'missing or of the wrong form', at: `/${field}` };
}

function refused(code: RefusalCode, detail: string, at?: string): Checked {
	return { ok: false, refusal: at === undefined ? { code, detail } : { code, detail, at } };
}
