import { createContext } from 'svelte';
import type { Workbox } from 'workbox-window';

/** A page that stays open for days looks for a new version this often. */
const checkEveryMs = 60 * 60_000;

/** The app's own new versions. One that is ready waits until a person takes it. */
export class Updates {
	readonly #now: () => Date;
	#workbox: Workbox | undefined;
	#available = $state(false);
	#applying = $state(false);

	constructor(now: () => Date) {
		this.#now = now;
	}

	/** Whether a new version is on this device, waiting. Tracked. */
	get available(): boolean {
		return this.#available;
	}

	/** Taken, and not yet in charge: the version before ends what it is doing, a request at most a minute. Tracked. */
	get applying(): boolean {
		return this.#applying;
	}

	/**
	 * Puts the service worker in place: from then on the app opens without a network. Browsers have
	 * none where the connection is not secure. Returns how to stop looking for new versions.
	 */
	async start(): Promise<() => void> {
		if (!('serviceWorker' in navigator)) return () => {};
		const { Workbox } = await import('workbox-window');
		const workbox = new Workbox('/service-worker.js');
		workbox.addEventListener('waiting', () => (this.#available = true));
		this.#workbox = workbox;
		await workbox.register();
		return this.#keepChecking(workbox);
	}

	/** Changes to the new version, and loads the page again once it is in charge. */
	apply(): void {
		const workbox = this.#workbox;
		if (!workbox || !this.#available) return;
		this.#applying = true;
		workbox.addEventListener('controlling', () => location.reload());
		workbox.messageSkipWaiting();
	}

	#keepChecking(workbox: Workbox): () => void {
		let checked = this.#now().getTime();
		const check = () => {
			const now = this.#now().getTime();
			if (document.visibilityState !== 'visible' || now - checked < checkEveryMs) return;
			checked = now;
			// Without a network there is nothing new to be had.
			workbox.update().catch(() => {});
		};
		document.addEventListener('visibilitychange', check);
		return () => document.removeEventListener('visibilitychange', check);
	}
}

export const [getUpdates, setUpdates] = createContext<Updates>();
