import { badRequest } from '../couch-error.ts';
import { isAdmin } from '../user.ts';
import { denied, mayReadDatabase } from './access.ts';
import type { CouchCall, Endpoint } from './couch-call.ts';
import { readFeedOptions } from './feed-options.ts';
import { jsonResponse } from './json-response.ts';
import { longpoll } from './longpoll.ts';

/**
 * `GET /_db_updates`: which of the databases that the account may read were created, updated or deleted
 * since a sequence. With `feed=longpoll` one request waits for all of an account's databases.
 */
export const dbUpdates: Endpoint<CouchCall> = {
	async GET(call) {
		const { deps, query, request, user, waiting } = call;
		if (user.name === null && !isAdmin(user)) throw denied(user);
		const { feed, timeout, heartbeat } = readFeedOptions(call);
		const { updates } = deps.databases;
		const since = query.text('since') ?? (feed === 'longpoll' ? 'now' : '0');
		const from = since === 'now' ? updates.lastSeq : since;
		const concerns = (name: string) => mayReadDatabase(user, name);
		const answer = () => ({
			results: updates.since(from).filter(({ db_name }) => concerns(db_name)),
			last_seq: updates.lastSeq
		});
		if (feed === 'continuous') throw badRequest('Supported `feed` types: normal, longpoll');
		if (feed === 'normal') return jsonResponse(answer());
		return await longpoll(waiting, {
			request,
			user,
			timeout,
			heartbeat,
			concerns,
			look: () => Promise.resolve(answer()).then((found) => (found.results.length > 0 ? found : undefined)),
			nothing: () => Promise.resolve({ results: [], last_seq: updates.lastSeq })
		});
	}
};
