import type { StoreNotice } from '#records/phone-store.ts';

/**
 * Tells everyone who has an account's store open, in this tab, other tabs and the service worker,
 * what was stored. Records travel whole: reading them back would cost as much.
 */
export class Notices {
	readonly #channel: BroadcastChannel;
	#unposted: StoreNotice[] = [];
	#closed = false;
	readonly #listeners = new Set<(notice: StoreNotice) => void>();

	/** `name`: the database's. */
	constructor(name: string) {
		this.#channel = new BroadcastChannel(name);
		this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => {
			if (isNotice(data)) this.tellHere(data);
		};
	}

	/** Returns how to stop. */
	listen(listener: (notice: StoreNotice) => void): () => void {
		// A function of its own for each call: the same listener may be given twice.
		const own = (notice: StoreNotice) => listener(notice);
		this.#listeners.add(own);
		return () => this.#listeners.delete(own);
	}

	/** Tells everyone: here at once, elsewhere when whoever waits for what was stored has gone on. */
	tell(notice: StoreNotice): void {
		if (this.#unposted.push(notice) === 1) setTimeout(() => this.#post());
		this.tellHere(notice);
	}

	tellHere(notice: StoreNotice): void {
		for (const listener of this.#listeners) listener(notice);
	}

	close(): void {
		this.#post();
		this.#closed = true;
		this.#listeners.clear();
		this.#channel.close();
	}

	/** What is stored after the store was closed, others find when they next read. */
	#post(): void {
		const notices = this.#unposted;
		this.#unposted = [];
		if (!this.#closed) for (const notice of notices) this.#channel.postMessage(notice);
	}
}

/** Only this app posts on its origin, but perhaps another version of it. */
function isNotice(data: unknown): data is StoreNotice {
	if (typeof data !== 'object' || data === null || !('type' in data)) return false;
	if (data.type === 'records') return 'revisions' in data && Array.isArray(data.revisions);
	if (data.type === 'removed') return 'ids' in data && Array.isArray(data.ids);
	if (data.type === 'delivery') return !('changes' in data) || Array.isArray(data.changes);
	return false;
}
