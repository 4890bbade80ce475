import { m } from '#paraglide/messages.js';
import { mostFailures, type Attempt } from '#records/lock.ts';

/** Below this many tries left, the person is told what comes. */
const soon = 6;

/** What to say of an attempt that did not open; undefined when it did. */
export function attemptText(attempt: Attempt): string | undefined {
	switch (attempt.outcome) {
		case 'open':
		case 'clear':
		case 'wait':
			return undefined;
		case 'gone':
			return m.lock_gone();
		case 'wrong': {
			const { kept, failures } = attempt;
			const left = mostFailures - failures;
			if (kept) return m.lock_wrong_kept({ count: kept.waiting + kept.refused });
			return left > 0 && left <= soon ? m.lock_wrong_left({ left }) : m.lock_wrong();
		}
	}
}

/** How long, in words that change seldom: a screen reader says each. */
export function waitText(ms: number): string {
	const seconds = Math.ceil(ms / 10_000) * 10;
	if (seconds <= 90) return m.lock_seconds({ count: seconds });
	return m.lock_minutes({ count: Math.ceil(seconds / 60) });
}

/** Until when no PIN is judged, milliseconds since 1970; 0 for at once. */
export function waitsUntil(attempt: Attempt): number {
	return attempt.outcome === 'wait' || attempt.outcome === 'wrong' ? attempt.until : 0;
}
