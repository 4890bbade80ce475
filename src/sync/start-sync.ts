import type { Synchroniser } from '#records/sync-status.ts';
import { askForBackgroundSync } from './background-sync.ts';
import { gzippedPushes } from './gzipped-pushes.ts';
import { breathe, pause } from './pause.ts';
import type { Channel, Surroundings } from './surroundings.ts';
import { startSynchroniser, type SynchroniserSetup } from './synchroniser.ts';
import { turnOf } from './turn.ts';

/** Keeps an account's store and the server this page came from exchanging, until stopped. */
export function startSync(setup: SynchroniserSetup): Synchroniser {
	return startSynchroniser(setup, pageSurroundings(setup.account));
}

function pageSurroundings(account: string): Surroundings {
	return {
		wire: { origin: location.origin, fetch: gzippedPushes((url, init) => fetch(url, init)) },
		now: () => new Date(),
		random: () => Math.random(),
		pause,
		breathe,
		online: () => navigator.onLine,
		visible: () => document.visibilityState === 'visible',
		onChange: listenToPage,
		inTurn: (work, stop) => inTurn(account, work, stop),
		channel: tabs(account),
		wakeLater: askForBackgroundSync,
		report: (error) => reportError(error)
	};
}

/**
 * Browsers keep Web Locks to secure connections. Without, every tab syncs by itself: more requests,
 * and no harm, since whatever is exchanged twice is exchanged once.
 */
async function inTurn<T>(account: string, work: () => Promise<T>, stop: AbortSignal): Promise<T> {
	if (!('locks' in navigator)) return await work();
	return await navigator.locks.request(turnOf(account), { signal: stop }, work);
}

function listenToPage(listener: () => void): () => void {
	const ending = new AbortController();
	const { signal } = ending;
	addEventListener('online', listener, { signal });
	document.addEventListener('visibilitychange', listener, { signal });
	// Back from the back/forward cache, without having been loaded.
	addEventListener('pageshow', listener, { signal });
	return () => ending.abort();
}

function tabs(account: string): Channel {
	const channel = new BroadcastChannel(turnOf(account));
	return {
		post: (message) => channel.postMessage(message),
		listen(listener) {
			channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => listener(data));
		},
		close: () => channel.close()
	};
}
