import { CouchError } from '../couch-error.ts';
import type { DatabaseUpdates } from '../storage/database-updates.ts';

export interface Wait<Found> {
	readonly request: Request;
	/** Milliseconds until there is nothing to wait for any more; undefined for no such end. */
	readonly timeout: number | undefined;
	/** Whether a change to this database is worth another look. */
	readonly concerns: (database: string) => boolean;
	/** What is waited for, or undefined when it is not there yet. */
	readonly look: () => Promise<Found | undefined>;
}

export interface Waiting<Found> {
	/** Undefined when the time is up, the client has gone or the server closes. */
	readonly found: Promise<Found | undefined>;
	/** Waits no longer. */
	readonly stop: () => void;
}

/**
 * Requests that wait for something to happen: CouchDB's longpoll and continuous feeds. One object in a server, so
 * that the number of those that wait is bounded.
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
	 * Looks now, and again whenever something has changed, until something is found.
	 * @throws CouchError 503 when too many wait already.
	 */
	begin<Found>({ request, timeout, concerns, look }: Wait<Found>): Waiting<Found> {
		if (this.#count >= this.#most) {
			throw new CouchError(503, 'service_unavailable', 'Too many requests wait for changes');
		}
		const { promise, resolve, reject } = Promise.withResolvers<Found | undefined>();
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
		lookAgain();
		return { found, stop };
	}
}
