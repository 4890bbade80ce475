import { createContext } from 'svelte';
import type { Synchroniser, SyncStatus } from '#records/sync-status.ts';

const idle: SyncStatus = { activity: { state: 'idle' }, damaged: 0 };

/** The exchange with the server, as far as it runs: it is loaded after the first screen stands. */
export class Exchange {
	#running: Synchroniser | undefined;
	#attached = Promise.withResolvers<Synchroniser>();
	#status: SyncStatus = $state.raw(idle);

	/** Tracked. */
	get status(): SyncStatus {
		return this.#status;
	}

	/** Follows `synchroniser`. Returns how to end it. */
	attach(synchroniser: Synchroniser): () => void {
		this.#running = synchroniser;
		this.#attached.resolve(synchroniser);
		this.#status = synchroniser.status;
		const unlisten = synchroniser.onStatus((status) => (this.#status = status));
		return () => {
			unlisten();
			synchroniser.stop();
			if (this.#running !== synchroniser) return;
			this.#running = undefined;
			this.#attached = Promise.withResolvers();
			this.#status = idle;
		};
	}

	/** Exchanges now, without waiting for the next turn. */
	now(): void {
		this.#running?.now();
	}

	/** A screen may ask before the exchange runs: it is answered once it does. */
	fetchPhoto: Synchroniser['fetchPhoto'] = async (database, hash) =>
		(await this.#attached.promise).fetchPhoto(database, hash);
}

export const [getExchange, setExchange] = createContext<Exchange>();
