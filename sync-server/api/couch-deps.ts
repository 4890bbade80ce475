import type { Hash } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import type { Scope } from '#records/scope.ts';
import type { Databases } from '../storage/databases.ts';
import type { WriteResult } from '../storage/stored-doc.ts';
import type { CouchLimits } from './limits.ts';

/** Where the API says what it could not do. pino's loggers have this form. */
export interface ApiLogger {
	warn(fields: object, message: string): void;
	error(fields: object, message: string): void;
}

export interface CouchDeps {
	readonly databases: Databases;
	/** Identity of this server, the same over its whole life. */
	readonly serverUuid: string;
	readonly version: string;
	readonly limits: CouchLimits;
	readonly logger: ApiLogger;
	/** Milliseconds since 1970. */
	now(): number;
	/** When the personal data of a household was last erased, ISO 8601; undefined: never. Asked of every record. */
	erasedBefore?(household: Scope): string | undefined;
	/** Told the photos that refused records name whose household was erased: they may have come in before. */
	photosRefused?(database: string, hashes: readonly Hash[]): Promise<void>;
	/** Told what became of the records of a request, to count them. */
	onRecords?(results: readonly WriteResult[]): void;
	/**
	 * Makes a document that is about to be written into `_users` fit to store: the password hashed,
	 * its fields checked, its log kept. Called after the access check, with the document as it stands now, a
	 * deleted one too, and the account that writes.
	 * @throws CouchError when the document may not be stored.
	 */
	prepareUserDoc(doc: JsonObject, stored: JsonObject | undefined, by: string): Promise<JsonObject>;
}
