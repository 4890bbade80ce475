/** Resolves after so many milliseconds, or early when `stop` says so. */
export function pause(ms: number, stop: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		if (stop.aborted) {
			resolve();
			return;
		}
		const over = () => {
			clearTimeout(timer);
			stop.removeEventListener('abort', over);
			resolve();
		};
		const timer = setTimeout(over, ms);
		stop.addEventListener('abort', over);
	});
}

/** Lets what else wants to run, run: the screen is drawn, a tap is answered. */
export function breathe(): Promise<void> {
	// A browser makes timeouts one after the other last four milliseconds each.
	if ('scheduler' in globalThis && 'yield' in scheduler) return scheduler.yield();
	return new Promise((resolve) => setTimeout(resolve, 0));
}

/** Whether something settles, as it may, within so many milliseconds. */
export function comesWithin(ms: number, awaited: Promise<unknown>): Promise<boolean> {
	return new Promise((resolve) => {
		const timer = setTimeout(() => resolve(false), ms);
		const settled = () => {
			clearTimeout(timer);
			resolve(true);
		};
		awaited.then(settled, settled);
	});
}
