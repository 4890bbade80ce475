import type { Changes } from '../storage/database.ts';
import type { Wait, WaitingRequests } from './waiting.ts';

export interface ContinuousFeed extends Omit<Wait<Changes>, 'look'> {
	readonly heartbeat: number | undefined;
	readonly since: number;
	/** Changes after a sequence; undefined while there are none. */
	readonly after: (since: number) => Promise<Changes | undefined>;
}

/**
 * CouchDB's continuous feed: a line of JSON for each change, as long as the client stays; newlines between them as
 * a heartbeat. When nothing has come for `timeout` it ends with `last_seq`, from which a client goes on.
 * The next changes are read when the client has taken the ones before.
 */
export function continuousChanges(waiting: WaitingRequests, feed: ContinuousFeed): Response {
	const { heartbeat, after } = feed;
	const encoder = new TextEncoder();
	const timers: NodeJS.Timeout[] = [];
	let since = feed.since;
	let stopWaiting: () => void = () => undefined;
	const end = (how: () => void) => {
		timers.forEach((timer) => clearInterval(timer));
		how();
	};
	const stream = new ReadableStream<Uint8Array>({
		start(controller) {
			if (heartbeat === undefined) return;
			timers.push(setInterval(() => controller.enqueue(encoder.encode('\n')), heartbeat));
		},
		async pull(controller) {
			const { found, stop } = waiting.begin({ ...feed, look: () => after(since) });
			stopWaiting = stop;
			const changes = await found;
			const lines = changes?.results ?? [{ last_seq: since, pending: 0 }];
			controller.enqueue(encoder.encode(lines.map((line) => `${JSON.stringify(line)}\n`).join('')));
			if (changes) since = changes.last_seq;
			else end(() => controller.close());
		},
		cancel: () => end(stopWaiting)
	});
	return new Response(stream, {
		headers: { 'Content-Type': 'application/json', 'Cache-Control': 'must-revalidate' }
	});
}
