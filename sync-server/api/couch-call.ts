import type { Scope } from '#records/scope.ts';
import { methodNotAllowed } from '../couch-error.ts';
import type { Database, ReadableDatabase } from '../storage/database.ts';
import type { User } from '../user.ts';
import type { CouchDeps } from './couch-deps.ts';
import type { FeedPages } from './feed-pages.ts';
import type { Query } from './query.ts';
import type { WaitingRequests } from './waiting.ts';

/** One request, as far as every endpoint needs it. */
export interface CouchCall {
	readonly deps: CouchDeps;
	readonly user: User;
	/** Who asks by now: a request that waits may outlast a session, a grant or an account. */
	readonly currentUser: () => Promise<User>;
	readonly request: Request;
	readonly query: Query;
	readonly waiting: WaitingRequests;
	readonly pages: FeedPages;
}

/** A request about a database that is there and that the user may read. */
export interface DatabaseCall extends CouchCall {
	/** As far as the user may read it. */
	readonly database: ReadableDatabase;
	/** All of it, for what is written and for server admins. */
	readonly whole: Database;
	/** The place whose records the database holds; undefined for an ordinary database. */
	readonly scope: Scope | undefined;
}

/** What a write needs of a request. */
export type WriteCall = Pick<DatabaseCall, 'deps' | 'user' | 'database' | 'whole' | 'scope'>;

export interface DocumentCall extends DatabaseCall {
	readonly id: string;
}

export interface AttachmentCall extends DocumentCall {
	readonly attachment: string;
}

export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';
export type Handler<Call> = (call: Call) => Response | Promise<Response>;
export type Endpoint<Call> = Readonly<Partial<Record<Method, Handler<Call>>>>;

/** @throws CouchError 405 when the endpoint does not know the method. HEAD is answered as GET. */
export async function answer<Call extends CouchCall>(
	endpoint: Endpoint<Call>,
	call: Call
): Promise<Response> {
	const method = call.request.method === 'HEAD' ? 'GET' : call.request.method;
	const handlers = new Map(Object.entries(endpoint));
	const handler = handlers.get(method);
	if (!handler)
		throw methodNotAllowed(handlers.has('GET') ? [...handlers.keys(), 'HEAD'] : [...handlers.keys()]);
	return await handler(call);
}
