import { Hono } from 'hono';
import { scopeOfDatabase } from '#records/database-name.ts';
import { badRequest, CouchError, notFound } from '../couch-error.ts';
import { DatabaseGone } from '../storage/in-flight.ts';
import type { User } from '../user.ts';
import { denied, mayReadDatabase, readableBy, usersDatabase } from './access.ts';
import { answer, type CouchCall, type DatabaseCall } from './couch-call.ts';
import type { CouchDeps } from './couch-deps.ts';
import { createDatabase, destroyDatabase } from './database-endpoints.ts';
import { databaseEndpoints, serverEndpoints } from './endpoints.ts';
import { answerDocument } from './document-routes.ts';
import { FeedPages } from './feed-pages.ts';
import { jsonResponse } from './json-response.ts';
import { Query } from './query.ts';
import { isOwnUserDoc } from './users-database.ts';
import { WaitingRequests } from './waiting.ts';

export interface CouchEnv {
	Variables: { user: User; reauthenticate: () => Promise<User> };
}

/** Where the API is mounted. */
export const couchPrefix = '/db';

/**
 * CouchDB's HTTP API, to be mounted under `couchPrefix`. The session middleware before it sets `user` and
 * `reauthenticate`; `/_session` is not part of it.
 */
export function couchApi(deps: CouchDeps): Hono<CouchEnv> {
	const api = new Hono<CouchEnv>();
	const waiting = new WaitingRequests(deps.databases.updates, deps.limits);
	const pages = new FeedPages(deps.limits.feedPagesBytes, deps.databases.updates);
	api.all('*', async (c) => {
		const { pathname, searchParams } = new URL(c.req.url);
		const [user, currentUser] = [c.get('user'), c.get('reauthenticate')];
		const call = {
			deps,
			waiting,
			pages,
			user,
			currentUser,
			request: c.req.raw,
			query: new Query(searchParams)
		};
		return await answerPath(call, segmentsOf(pathname));
	});
	api.onError((error, c) => errorResponse(deps, error, c.req.path));
	return api;
}

/**
 * The path after the prefix, each segment decoded: `/db/a%2Fb/doc` gives `['a/b', 'doc']`.
 * @throws CouchError 400 for a path that is not percent-encoded UTF-8.
 */
function segmentsOf(pathname: string): readonly string[] {
	try {
		const path = pathname.slice(couchPrefix.length).replace(/^\//, '').replace(/\/$/, '');
		return path === '' ? [] : path.split('/').map(decodeURIComponent);
	} catch {
		throw badRequest('Invalid percent-encoding in the path');
	}
}

async function answerPath(call: CouchCall, segments: readonly string[]): Promise<Response> {
	const [first = '', ...rest] = segments;
	const server = rest.length === 0 ? serverEndpoints.get(first) : undefined;
	if (server) return await answer(server, call);
	if (first.startsWith('_') && first !== usersDatabase) throw notFound();
	if (rest.length === 0 && call.request.method === 'PUT') return await createDatabase(call, first);
	if (rest.length === 0 && call.request.method === 'DELETE') return await destroyDatabase(call, first);
	return await answerInDatabase(call, first, rest);
}

async function answerInDatabase(call: CouchCall, name: string, path: readonly string[]): Promise<Response> {
	const ownUser = name === usersDatabase && path.length === 1 && isOwnUserDoc(call.user, path[0] ?? '');
	if (!ownUser && !mayReadDatabase(call.user, name)) throw denied(call.user);
	const whole = await call.deps.databases.get(name);
	if (!whole) throw notFound('Database does not exist.');
	const database = ownUser ? whole : readableBy(call.user, whole);
	const inDatabase: DatabaseCall = { ...call, database, whole, scope: scopeOfDatabase(name) };
	const endpoint = path.length <= 1 ? databaseEndpoints.get(path[0] ?? '') : undefined;
	return endpoint ? await answer(endpoint, inDatabase) : await answerDocument(inDatabase, path);
}

function errorResponse({ logger }: CouchDeps, error: Error, path: string): Response {
	if (error instanceof CouchError) return jsonResponse(error.body, error.status, error.headers);
	if (error instanceof DatabaseGone) {
		return jsonResponse({ error: 'not_found', reason: 'Database does not exist.' }, 404);
	}
	logger.error({ error, path }, 'request failed');
	return jsonResponse({ error: 'unknown_error', reason: 'internal error' }, 500);
}
