import { badRequest } from '../couch-error.ts';
import type { CouchCall } from './couch-call.ts';
import type { Query } from './query.ts';

const minHeartbeatMs = 100;
const maxHeartbeatMs = 60_000;

export interface FeedOptions {
	readonly feed: 'normal' | 'longpoll' | 'continuous';
	readonly timeout: number | undefined;
	readonly heartbeat: number | undefined;
}

/** What `_changes` and `_db_updates` have in common: feed, timeout and heartbeat, bounded. HEAD waits for nothing. */
export function readFeedOptions({ query, deps: { limits }, request }: CouchCall): FeedOptions {
	const feed = query.text('feed') ?? 'normal';
	if (feed !== 'normal' && feed !== 'longpoll' && feed !== 'continuous') {
		throw badRequest('Supported `feed` types: normal, longpoll, continuous');
	}
	const heartbeat = readHeartbeat(query);
	const asked = query.count('timeout');
	const bounded = Math.min(asked ?? limits.longpollMs, limits.longpollMs);
	// A connection that beats shows by itself whether its client is there, and may wait for long.
	const timeout =
		heartbeat === undefined ? bounded : Math.min(asked ?? limits.heartbeatMs, limits.heartbeatMs);
	return { feed: request.method === 'HEAD' ? 'normal' : feed, timeout, heartbeat };
}

function readHeartbeat(query: Query): number | undefined {
	const text = query.text('heartbeat');
	if (text === undefined || text === 'false') return undefined;
	const asked = text === 'true' ? maxHeartbeatMs : (query.count('heartbeat') ?? maxHeartbeatMs);
	return Math.min(Math.max(asked, minHeartbeatMs), maxHeartbeatMs);
}
