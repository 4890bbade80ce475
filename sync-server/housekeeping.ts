const dayMs = 24 * 3600 * 1000;

/** Does what is due now and every day, one after another; what fails is tried again the next day. */
export function keepHouse(
	tasks: readonly (() => Promise<void>)[],
	onTrouble: (error: unknown) => void
): { stop(): Promise<void> } {
	let stopped = false;
	let turn: Promise<void> = Promise.resolve();
	const round = () => {
		for (const task of tasks) {
			turn = turn.then(() => (stopped ? undefined : task())).catch(onTrouble);
		}
	};
	round();
	const timer = setInterval(round, dayMs).unref();
	return {
		async stop() {
			stopped = true;
			clearInterval(timer);
			await turn;
		}
	};
}
