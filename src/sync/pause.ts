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
	return new Promise((resolve) => setTimeout(resolve, 0));
}
