import { badRequest } from '../couch-error.ts';
import type { DatabaseUpdate } from '../storage/database-updates.ts';
import type { Databases } from '../storage/databases.ts';
import { isAdmin, type User } from '../user.ts';
import { denied, mayKnowOf, mayReadDatabase, readableBy } from './access.ts';
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
			const { results, last_seq } = answerFor(known);
			return { results: [...results, ...(await turnedOver(deps.databases, user, known))], last_seq };
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

/**
 * The databases that a change of rights has opened or closed to an account since it began to wait, or of which it now
 * reads another part.
 */
async function turnedOver(databases: Databases, before: User, now: User): Promise<readonly DatabaseUpdate[]> {
	if (before.roles.join() === now.roles.join()) return [];
	const names = await databases.list();
	const turned = await Promise.all(
		names.map(async (name): Promise<readonly DatabaseUpdate[]> => {
			const line = { db_name: name, seq: databases.updates.lastSeq };
			const [could, can] = [mayReadDatabase(before, name), mayReadDatabase(now, name)];
			if (could !== can) return [{ ...line, type: can ? 'created' : 'deleted' }];
			const whole = can ? await databases.get(name) : undefined;
			if (!whole || readableBy(before, whole).uuid === readableBy(now, whole).uuid) return [];
			return [{ ...line, type: 'updated' }];
		})
	);
	return turned.flat();
}
