import { Hono } from 'hono';
import type { JsonObject } from '#records/json.ts';
import { CouchError } from '../couch-error.ts';
import type { Databases } from '../storage/databases.ts';
import type { User } from '../user.ts';
import type { CouchLimits } from './limits.ts';

/** Where the API says what it refused or could not do. pino's loggers have this form. */
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
	/**
	 * Makes a document that is about to be written into `_users` fit to store: the password hashed,
	 * its fields checked. Called after the access check, with the document as it stands now.
	 * @throws CouchError when the document may not be stored.
	 */
	prepareUserDoc(doc: JsonObject, stored: JsonObject | undefined): Promise<JsonObject>;
}

export interface CouchEnv {
	Variables: { user: User };
}

/**
 * CouchDB's HTTP API, to be mounted under `/db`. The session middleware before it sets `user`;
 * `/_session` is not part of it.
 */
export function couchApi(deps: CouchDeps): Hono<CouchEnv> {
	const api = new Hono<CouchEnv>();
	api.get('/', (c) => c.json({ couchdb: 'Welcome', version: deps.version, uuid: deps.serverUuid }));
	api.onError((error, c) => {
		if (error instanceof CouchError) return c.json(error.body, error.status);
		deps.logger.error({ error }, 'request failed');
		return c.json({ error: 'unknown_error', reason: 'internal error' }, 500);
	});
	return api;
}
