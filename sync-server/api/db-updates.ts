import { badRequest } from '../couch-error.ts';
import { isAdmin, type User } from '../user.ts';
import { denied, mayKnowOf } from './access.ts';
import type { CouchCall, Endpoint } from './couch-call.ts';
import { readFeedOptions } from './feed-options.ts';
import { jsonResponse } from './json-response.ts';
import { longpoll } from './longpoll.ts';

/**
 * `GET /_db_updates`: which of the databases that the account may read were created, updated or deleted
 * since a sequence, as far as something was written that it may read. With `feed=longpoll` one request waits for all
 * of an account's databases.
 */
export const dbUpdates: Endpoint<CouchCall> = {
	async GET(call) {
		const { currentUser, deps, query, request, user, waiting } = call;
		if (user.name === null && !isAdmin(user)) throw denied(user);
		const { feed, timeout, heartbeat } = readFeedOptions(call);
		const { updates } = deps.databases;
		const since = query.text('since') ?? (feed === 'longpoll' ? 'now' : '0');
		const from = since === 'now' ? updates.lastSeq : since;
		const answerFor = (who: User) => ({
			results: updates.since(from, (name, ids) => mayKnowOf(who, name, ids)),
			last_seq: updates.lastSeq
		});
		if (feed === 'continuous') throw badRequest('Supported `feed` types: normal, longpoll');
		if (feed === 'normal') return jsonResponse(answerFor(user));
		let known = user;
		const answerNow = async () => {
			known = await currentUser();
			if (known.name === null && !isAdmin(known)) throw denied(known);
			return answerFor(known);
		};
		return await longpoll(waiting, {
			request,
			user,
			timeout,
			heartbeat,
			concerns: ({ db_name, ids }) => mayKnowOf(known, db_name, ids),
			async look() {
				const found = await answerNow();
				return found.results.length > 0 ? found : undefined;
			},
			nothing: answerNow,
			cutOff: { results: [], last_seq: from }
		});
	}
};
