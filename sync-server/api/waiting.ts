import { CouchError } from '../couch-error.ts';
import type { DatabaseUpdates } from '../storage/database-updates.ts';
import { jsonResponse } from './json-response.ts';
import { jsonWithHeartbeat } from './json-with-heartbeat.ts';

export interface Wait {
	readonly request: Request;
	/** Milliseconds until the request is answered with nothing; undefined for no such end. */
	readonly timeout: number | undefined;
	/** Milliseconds between the newlines that keep the connection open. */
	readonly heartbeat: number | undefined;
	/** Whether a change to this database is worth another look. */
	readonly concerns: (database: string) => boolean;
	/** What is waited for, or undefined when it is not there yet. */
	readonly look: () => Promise<unknown>;
	/** The answer when the time is up or the server closes. */
	readonly nothing: () => Promise<unknown>;
}

/**
 * Requests that wait for something to happen: CouchDB's longpoll. One object in a server, so that the
 * number of those that wait is bounded.
 */
export class WaitingRequests {
	readonly #updates: DatabaseUpdates;
	readonly #most: number;
	#count = 0;

	constructor(updates: DatabaseUpdates, most: number) {
		this.#updates = updates;
		this.#most = most;
	}

	get count(): number {
		return this.#count;
	}

	/**
	 * Answers at once when there is something; else as soon as there is.
	 * @throws CouchError 503 when too many wait already.
	 */
	async answer(wait: Wait): Promise<Response> {
		const first = await wait.look();
		if (first !== undefined) return jsonResponse(first);
		if (this.#count >= this.#most) {
			throw new CouchError(503, 'service_unavailable', 'Too many requests wait for changes');
		}
		const { found, stop } = this.#begin(wait);
		const body = found.then((value) => value ?? wait.nothing());
		if (wait.heartbeat === undefined) return jsonResponse(await body);
		return jsonWithHeartbeat(body, wait.heartbeat, stop);
	}

	#begin({ request, timeout, concerns, look }: Wait): { found: Promise<unknown>; stop: () => void } {
		const { promise, resolve, reject } = Promise.withResolvers<unknown>();
		const stop = () => resolve(undefined);
		const lookAgain = () => {
			look().then((found) => found !== undefined && resolve(found), reject);
		};
		this.#count += 1;
		const unsubscribe = this.#updates.subscribe(({ db_name }) => concerns(db_name) && lookAgain(), stop);
		const timer = timeout === undefined ? undefined : setTimeout(stop, timeout);
		request.signal.addEventListener('abort', stop);
		const found = promise.finally(() => {
			this.#count -= 1;
			unsubscribe();
			clearTimeout(timer);
			request.signal.removeEventListener('abort', stop);
		});
		lookAgain(); // for what came between the first look and the subscription
		return { found, stop };
	}
}
