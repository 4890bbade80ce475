import { expect, onTestFinished, test, vi } from 'vitest';
import { longestAway, watchAway } from '#app/away.ts';

/** A watch on this page with timers and a clock that move by hand. */
async function watched() {
	vi.useFakeTimers();
	onTestFinished(() => {
		vi.useRealTimers();
	});
	let away = 0;
	const stop = watchAway(
		window,
		() => new Date(),
		() => (away += 1)
	);
	onTestFinished(stop);
	// Svelte listens to pointers a moment later.
	await Promise.resolve();
	return { stop, away: () => away };
}

test('ten minutes without a touch lock, and nothing sooner', async () => {
	const { away } = await watched();
	vi.advanceTimersByTime(longestAway - 1000);
	expect(away()).toBe(0);
	vi.advanceTimersByTime(20_000);
	expect(away()).toBe(1);
});

test.each(['pointerdown', 'keydown', 'scroll', 'input'])('a %s begins the ten minutes anew', async (type) => {
	const { away } = await watched();
	vi.advanceTimersByTime(longestAway - 1000);
	window.dispatchEvent(new Event(type));
	vi.advanceTimersByTime(longestAway - 1000);
	expect(away()).toBe(0);
	vi.advanceTimersByTime(20_000);
	expect(away()).toBe(1);
});

test('a phone that slept locks when it comes into sight again, before a touch counts', async () => {
	const { away } = await watched();
	// Asleep: the clock went on, the timers did not.
	vi.setSystemTime(Date.now() + longestAway);
	window.dispatchEvent(new Event('pointerdown'));
	expect(away()).toBe(1);
	vi.setSystemTime(Date.now() + longestAway);
	document.dispatchEvent(new Event('visibilitychange'));
	expect(away()).toBe(2);
});

test('stopped, it locks no more', async () => {
	const { stop, away } = await watched();
	stop();
	vi.advanceTimersByTime(longestAway * 2);
	window.dispatchEvent(new Event('pointerdown'));
	expect(away()).toBe(0);
});
