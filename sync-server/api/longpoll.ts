import { isDenial } from './access.ts';
import { jsonResponse } from './json-response.ts';
import { jsonWithHeartbeat } from './json-with-heartbeat.ts';
import type { Wait, WaitingRequests } from './waiting.ts';

export interface Longpoll extends Wait<object> {
	/** Milliseconds between the newlines that keep the connection open. */
	readonly heartbeat: number | undefined;
	/** The answer when nothing came. */
	readonly nothing: () => Promise<object>;
	/** The end of an answer that had begun when the user's right to it ended. */
	readonly cutOff: object;
}

/**
 * Answers at once when there is something; else as soon as there is. When the right to it ends before, the answer
 * says so, if it has not begun to beat.
 * @throws CouchError 503 or 429 when too many wait already.
 */
export async function longpoll(waiting: WaitingRequests, poll: Longpoll): Promise<Response> {
	const first = await poll.look();
	if (first !== undefined) return jsonResponse(first);
	const leave = waiting.enter(poll.user);
	const { found, stop } = waiting.begin(poll);
	const body = found.finally(leave).then((value) => value ?? poll.nothing());
	if (poll.heartbeat === undefined) return jsonResponse(await body);
	const told = body.catch((error: unknown) => {
		if (isDenial(error)) return poll.cutOff;
		throw error;
	});
	return jsonWithHeartbeat(told, poll.heartbeat, stop);
}
