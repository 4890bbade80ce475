import type { JsonObject } from '#records/json.ts';
import { badRequest } from '../couch-error.ts';
import { isAdmin } from '../user.ts';
import { denied, mayReadDatabase, readableBy } from './access.ts';
import type { CouchCall, Endpoint } from './couch-call.ts';
import { infoOf } from './database-endpoints.ts';
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
	GET: async (call) => jsonResponse(await readable(call))
};

/** `GET /_dbs_info`: what `GET /{db}` tells, of the same databases (CouchDB 3.2). */
export const databasesInfo: Endpoint<CouchCall> = {
	async GET(call) {
		const told: { key: string; info: JsonObject }[] = [];
		for (const key of await readable(call)) {
			const database = await call.deps.databases.get(key);
			// Undefined when it was deleted meanwhile.
			if (database) told.push({ key, info: await infoOf(readableBy(call.user, database)) });
		}
		return jsonResponse(told);
	}
};

async function readable({ deps, query, user }: CouchCall): Promise<readonly string[]> {
	if (user.name === null && !isAdmin(user)) throw denied(user);
	const names = (await deps.databases.list()).filter((name) => mayReadDatabase(user, name));
	const ordered = query.flag('descending') ? names.toReversed() : names;
	const skip = query.count('skip') ?? 0;
	return ordered.slice(skip, skip + (query.count('limit') ?? ordered.length));
}
