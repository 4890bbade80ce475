import { CouchError } from '../couch-error.ts';
import type { DatabaseEvent, DatabaseUpdates } from '../storage/database-updates.ts';
import { isAdmin, type User } from '../user.ts';
import { touchesAccount } from './access.ts';

export interface Wait<Found> {
	readonly request: Request;
	readonly user: User;
	/** Milliseconds until there is nothing to wait for any more; undefined for no such end. */
	readonly timeout: number | undefined;
	/** Whether what happened is worth another look. */
	readonly concerns: (event: DatabaseEvent) => boolean;
	/**
	 * What is waited for, or undefined when it is not there yet. Called again only when it has settled, and now and
	 * then without anything having happened: it is for the look to find out whether the user may still have it.
	 */
	readonly look: () => Promise<Found | undefined>;
}

export interface Waiting<Found> {
	/** Undefined when the time is up, the client has gone or the server closes. */
	readonly found: Promise<Found | undefined>;
	/** Waits no longer. */
	readonly stop: () => void;
}

export interface WaitingLimits {
	/** Requests that wait at the same time, over all accounts. */
	readonly longpolls: number;
	/** The same for one account. Server admins have no such limit: a replicator waits for each database. */
	readonly longpollsPerAccount: number;
	/** Milliseconds between two looks at the latest: a session or a grant may end by itself. */
	readonly lookAgainMs: number;
}

/**
 * Requests that wait for something to happen: CouchDB's longpoll and continuous feeds. One object in a server, so
 * that the number of those that wait is bounded: each takes a place before it waits, and leaves it at its end.
 */
export class WaitingRequests {
	readonly #updates: DatabaseUpdates;
	readonly #limits: WaitingLimits;
	readonly #places = new Map<symbol, string | null>();

	constructor(updates: DatabaseUpdates, limits: WaitingLimits) {
		this.#updates = updates;
		this.#limits = limits;
	}

	get count(): number {
		return this.#places.size;
	}

	/**
	 * Takes a place.
	 * @returns how to leave it; again does nothing.
	 * @throws CouchError 503 when too many wait already, 429 when too many of this account do.
	 */
	enter(user: User): () => void {
		const { longpolls, longpollsPerAccount } = this.#limits;
		if (this.count >= longpolls) {
			throw new CouchError(503, 'service_unavailable', 'Too many requests wait for changes');
		}
		const own = [...this.#places.values()].filter((name) => name === user.name).length;
		if (!isAdmin(user) && own >= longpollsPerAccount) {
			throw new CouchError(429, 'too_many_requests', 'Too many requests of this account wait for changes');
		}
		const place = Symbol('place');
		this.#places.set(place, user.name);
		return () => void this.#places.delete(place);
	}

	/** Looks now, and again whenever something has changed, also about the account, until something is found. */
	begin<Found>({ request, user, timeout, concerns, look }: Wait<Found>): Waiting<Found> {
		const { promise, resolve, reject } = Promise.withResolvers<Found | undefined>();
		const stop = () => resolve(undefined);
		let timeIsUp = false;
		const lookAgain = oneAtATime(async () => {
			const isLast = timeIsUp;
			const found = await look();
			if (found !== undefined || isLast) resolve(found);
		}, reject);
		const lookForTheLastTime = () => {
			timeIsUp = true;
			lookAgain();
		};
		const unsubscribe = this.#updates.subscribe((event) => {
			if (concerns(event) || touchesAccount(user, event)) lookAgain();
		}, stop);
		const again = setInterval(lookAgain, this.#limits.lookAgainMs);
		const timer = timeout === undefined ? undefined : setTimeout(lookForTheLastTime, timeout);
		request.signal.addEventListener('abort', stop);
		const found = promise.finally(() => {
			unsubscribe();
			clearTimeout(timer);
			clearInterval(again);
			request.signal.removeEventListener('abort', stop);
		});
		if (request.signal.aborted) stop();
		else lookAgain();
		return { found, stop };
	}
}

/** Calls made while `task` is under way become one, after it: however many come, none is missed. */
function oneAtATime(task: () => Promise<void>, onError: (error: unknown) => void): () => void {
	let busy = false;
	let again = false;
	const run = async () => {
		try {
			do {
				again = false;
				await task();
			} while (again);
		} finally {
			busy = false;
		}
	};
	return () => {
		again = true;
		if (busy) return;
		busy = true;
		run().catch(onError);
	};
}
