import { scopeOfDatabase } from '#records/database-name.ts';
import { backOffDelay, usualBackOff } from './back-off.ts';
import type { CouchServer, Updates } from './couch-server.ts';
import type { Surroundings } from './surroundings.ts';
import { WireError } from './wire-error.ts';

/** The databases that changed; `everything` when only a full exchange can tell. */
export type Changed = readonly string[] | 'everything';

export interface Heard {
	readonly changed: Changed;
	/** From where to listen on once `changed` is taken care of. */
	readonly lastSeq: string | undefined;
}

/** A server without a feed of its databases is asked this often. */
const pollMs = 60_000;

/** One longpoll for all feeds, held while someone may be looking. */
export class UpdatesListener {
	readonly #server: CouchServer;
	readonly #surroundings: Pick<Surroundings, 'pause' | 'random'>;
	readonly #stop: AbortSignal;
	#listening: { readonly heard: Promise<Heard>; readonly abort: AbortController } | undefined;
	#lastSeq: string | undefined;
	#failures = 0;

	constructor(server: CouchServer, surroundings: Pick<Surroundings, 'pause' | 'random'>, stop: AbortSignal) {
		this.#server = server;
		this.#surroundings = surroundings;
		this.#stop = stop;
	}

	/** Begins anew, after a full exchange. */
	startFrom(lastSeq: string | undefined): void {
		this.release();
		this.#lastSeq = lastSeq;
	}

	/** What is heard next. Until it is taken, asking again goes on waiting for the same. */
	next(): Promise<Heard> {
		if (this.#listening) return this.#listening.heard;
		const abort = new AbortController();
		const heard = this.#listen(AbortSignal.any([abort.signal, this.#stop]));
		this.#listening = { heard, abort };
		return heard;
	}

	take({ changed, lastSeq }: Heard): Changed {
		this.#lastSeq = lastSeq;
		this.#listening = undefined;
		return changed;
	}

	/** Ends the request, so that a hidden page holds no connection. What was not taken is heard again. */
	release(): void {
		this.#listening?.abort.abort();
		this.#listening = undefined;
	}

	async #listen(stop: AbortSignal): Promise<Heard> {
		const { pause, random } = this.#surroundings;
		const lastSeq = this.#lastSeq;
		if (lastSeq === undefined) {
			await pause(pollMs, stop);
			return { changed: 'everything', lastSeq };
		}
		try {
			const updates = await this.#server.updates(lastSeq, stop);
			this.#failures = 0;
			if (!updates) return { changed: 'everything', lastSeq: undefined };
			return { changed: changedIn(updates), lastSeq: updates.lastSeq };
		} catch (error) {
			if (!(error instanceof WireError)) throw error;
			if (stop.aborted) return { changed: [], lastSeq };
			// Cut off, which says little: whether there is trouble, the full exchange finds out.
			this.#failures += 1;
			await pause(backOffDelay(usualBackOff, this.#failures, random()), stop);
			return { changed: 'everything', lastSeq };
		}
	}
}

/** A database made or deleted changes what there is to follow. */
function changedIn({ changed }: Updates): Changed {
	const scoped = changed.filter(({ database }) => scopeOfDatabase(database));
	if (scoped.some(({ type }) => type !== 'updated')) return 'everything';
	return [...new Set(scoped.map(({ database }) => database))];
}
