import { badRequest } from '../couch-error.ts';
import { isAdmin } from '../user.ts';
import { denied, mayReadDatabase } from './access.ts';
import type { CouchCall, Endpoint } from './couch-call.ts';
import { jsonResponse } from './json-response.ts';

const maxUuids = 1_000;

/** `GET /`: PouchDB asks whether `couchdb` is there. */
export const welcome: Endpoint<CouchCall> = {
	GET: ({ deps }) =>
		jsonResponse({
			couchdb: 'Welcome',
			version: deps.version,
			uuid: deps.serverUuid,
			features: [],
			vendor: { name: 'zhonggeng' }
		})
};

/** `GET /_up`: alive, for load balancers. */
export const up: Endpoint<CouchCall> = {
	GET: () => jsonResponse({ status: 'ok' })
};

/** `GET /_uuids?count=`. */
export const uuids: Endpoint<CouchCall> = {
	GET({ deps, query }) {
		const count = query.count('count') ?? 1;
		if (count > maxUuids) throw badRequest('count parameter too large');
		return jsonResponse({ uuids: Array.from({ length: count }, () => deps.databases.newId()) });
	}
};

/** `GET /_all_dbs`: the databases that the account may read; limit, skip and descending as in CouchDB. */
export const allDatabases: Endpoint<CouchCall> = {
	async GET({ deps, query, user }) {
		if (user.name === null && !isAdmin(user)) throw denied(user);
		const names = (await deps.databases.list()).filter((name) => mayReadDatabase(user, name));
		const ordered = query.flag('descending') ? names.toReversed() : names;
		const skip = query.count('skip') ?? 0;
		return jsonResponse(ordered.slice(skip, skip + (query.count('limit') ?? ordered.length)));
	}
};
