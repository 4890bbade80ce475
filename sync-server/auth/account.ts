import { readPasswordHash, type PasswordHash } from './password.ts';
import { rolesOf } from './stored-form.ts';

/** An account that may log in: a user document of the `_users` database, as far as it is needed here. */
export interface Account {
	readonly name: string;
	readonly roles: readonly string[];
	readonly password: PasswordHash;
}

/** Where accounts are kept. */
export interface Accounts {
	/** The account of that name as it stands now; undefined when there is none or it is disabled. */
	find(name: string): Promise<Account | undefined>;
	hasAdmin(): Promise<boolean>;
	/** Writes a new user document, durable when this resolves. @throws CouchError 409 when the name is taken. */
	create(doc: UserDoc): Promise<void>;
}

/** A user document ready to be written: password hashed, fields checked. */
export interface UserDoc {
	readonly _id: string;
	readonly [field: string]: unknown;
}

const idPrefix = 'org.couchdb.user:';

export function userDocId(name: string): string {
	return `${idPrefix}${name}`;
}

/**
 * Reads a user document. Undefined for what cannot log in: `disabled: true` (a field of ours, which
 * CouchDB leaves alone), a document without a password hash, anything that is not a user document.
 */
export function readAccount(doc: Readonly<Record<string, unknown>>): Account | undefined {
	const { _id, type, name, roles, disabled } = doc;
	if (type !== 'user' || disabled === true || typeof name !== 'string' || _id !== userDocId(name)) {
		return undefined;
	}
	if (!Array.isArray(roles)) return undefined;
	const password = readPasswordHash(doc);
	return password && { name, roles: rolesOf(doc), password };
}
