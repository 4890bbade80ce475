import { on } from 'svelte/events';

/** How long nobody may have touched the app. */
export const longestAway = 10 * 60_000;
const lookMs = 15_000;

/**
 * Calls `onAway` when nobody has touched the app for ten minutes. A phone that slept stops its timers: so it is
 * looked at again when the app comes back into sight, before a touch counts. Returns how to stop.
 */
export function watchAway(page: Window, now: () => Date, onAway: () => void): () => void {
	let last = now().getTime();
	const look = () => {
		if (now().getTime() - last < longestAway) return;
		last = now().getTime();
		onAway();
	};
	const touched = () => {
		look();
		last = now().getTime();
	};
	const timer = setInterval(look, lookMs);
	const stops = [
		on(page.document, 'visibilitychange', look),
		on(page, 'pageshow', look),
		...(['pointerdown', 'keydown', 'input', 'scroll'] as const).map((type) =>
			on(page, type, touched, { capture: true, passive: true })
		)
	];
	return () => {
		clearInterval(timer);
		for (const stop of stops) stop();
	};
}
