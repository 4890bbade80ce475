import type { Changes } from '../storage/database.ts';
import { DatabaseGone } from '../storage/in-flight.ts';
import { isDenial } from './access.ts';
import type { Wait, WaitingRequests } from './waiting.ts';

export interface ContinuousFeed extends Omit<Wait<Changes>, 'look'> {
	readonly heartbeat: number | undefined;
	readonly since: number;
	/** Changes after a sequence, as far as the user may read them by now; undefined while there are none. */
	readonly after: (since: number) => Promise<Changes | undefined>;
}

/**
 * CouchDB's continuous feed: a line of JSON for each change, as long as the client stays; newlines between them as
 * a heartbeat. When nothing has come for `timeout`, the database is destroyed or the right to read it ends, it ends with
 * `last_seq`, from which a client goes on. The next changes are read when the client has taken the ones before.
 * @throws CouchError 503 or 429 when too many wait already.
 */
export function continuousChanges(waiting: WaitingRequests, feed: ContinuousFeed): Response {
	const { heartbeat, after, request } = feed;
	const encoder = new TextEncoder();
	const leave = waiting.enter(feed.user);
	let since = feed.since;
	let stopWaiting: () => void = () => undefined;
	let timer: NodeJS.Timeout | undefined;
	const end = () => {
		clearInterval(timer);
		stopWaiting();
		leave();
		request.signal.removeEventListener('abort', end);
	};
	request.signal.addEventListener('abort', end);
	const next = async () => {
		const { found, stop } = waiting.begin({ ...feed, look: () => after(since) });
		stopWaiting = stop;
		try {
			return await found;
		} catch (error) {
			if (error instanceof DatabaseGone || isDenial(error)) return undefined;
			end();
			throw error;
		}
	};
	const stream = new ReadableStream<Uint8Array>({
		start(controller) {
			if (heartbeat === undefined) return;
			timer = setInterval(() => {
				// A client that does not read, or that has gone, gets no more of them.
				if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode('\n'));
			}, heartbeat);
		},
		async pull(controller) {
			const changes = await next();
			if (!changes) end();
			const lines = changes?.results ?? [{ last_seq: since, pending: 0 }];
			controller.enqueue(encoder.encode(lines.map((line) => `${JSON.stringify(line)}\n`).join('')));
			if (changes) since = changes.last_seq;
			else controller.close();
		},
		cancel: end
	});
	return new Response(stream, {
		headers: { 'Content-Type': 'application/json' }
	});
}
