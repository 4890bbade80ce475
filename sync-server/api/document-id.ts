import { CouchError } from '../couch-error.ts';

const maxBytes = 1_024;
/** `<generation>-<digest>`: CouchDB makes 32 hex digits, others may have other names for a revision. */
const revPattern = /^[1-9]\d{0,9}-[A-Za-z0-9_.:+=/]{1,128}$/;
const digestPattern = /^[A-Za-z0-9_.:+=/]{1,128}$/;

export function isRev(value: unknown): value is string {
	return typeof value === 'string' && revPattern.test(value);
}

export function isRevDigest(value: unknown): value is string {
	return typeof value === 'string' && digestPattern.test(value);
}

/** The number before the hyphen: how many revisions led here. */
export function generationOf(rev: string): number {
	return Number.parseInt(rev, 10);
}

/** @throws CouchError 400 when `value` is not a revision. */
export function toRev(value: unknown): string {
	if (isRev(value)) return value;
	throw new CouchError(400, 'bad_request', 'Invalid rev format');
}

/** Why `value` cannot name a document, or undefined when it can. `_local/` ids are not documents'. */
export function documentIdBroken(value: unknown): CouchError | undefined {
	const illegal = (reason: string) => new CouchError(400, 'illegal_docid', reason);
	if (typeof value !== 'string') return illegal('Document id must be a string');
	if (value === '') return illegal('Document id must not be empty');
	if (!value.isWellFormed() || value.includes('\0')) return illegal('Document id must be valid text');
	if (Buffer.byteLength(value) > maxBytes) return illegal('Document id is too long');
	if (value.startsWith('_') && !/^_design\/./s.test(value)) {
		return illegal('Only reserved document ids may start with underscore.');
	}
	// An object cannot have a member of that name, and answers are keyed by id.
	return value === '__proto__' ? illegal('Document id must not be __proto__') : undefined;
}
