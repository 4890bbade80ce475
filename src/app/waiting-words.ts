import { m } from '#paraglide/messages.js';
import type { Waiting } from '#read-models/convention-waiting.ts';
import { shortDayText } from './dates.ts';

/** What a convention waits for, in a line. */
export function waitingText(waiting: Waiting, locale: string): string {
	switch (waiting.type) {
		case 'wish':
			return m.convention_waits_wish();
		case 'opinion':
			return m.convention_waits_opinion();
		case 'rating':
			return m.convention_waits_rating();
		case 'vote':
			return m.convention_waits_vote({ day: shortDayText(waiting.until, locale) });
		case 'posted':
			return m.convention_waits_posted({ day: shortDayText(waiting.until, locale) });
		case 'doubts':
			return m.convention_waits_doubts({ count: waiting.count });
		case 'objections':
			return m.convention_waits_objections({ count: waiting.count });
		case 'votes':
			return m.convention_waits_votes({
				count: waiting.households,
				day: shortDayText(waiting.until, locale)
			});
		case 'step':
			return waitingStepText(waiting.move);
	}
}

function waitingStepText(move: (Waiting & { readonly type: 'step' })['move']): string {
	switch (move) {
		case 'count-votes':
			return m.convention_waits_count();
		case 'post':
			return m.convention_waits_post();
		case 'confirm':
			return m.convention_waits_confirm();
		default:
			return m.convention_waits_reopen();
	}
}
