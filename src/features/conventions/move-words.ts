import { shortDayText } from '#app/dates.ts';
import type { StageName } from '#kinds/convention-stage.ts';
import { m } from '#paraglide/messages.js';
import type { Missing } from '#read-models/convention-moves.ts';
import type { Step } from './step-taking.svelte.ts';

/** What the button says. */
export function moveText(name: Step['name']): string {
	switch (name) {
		case 'start-drafting':
			return m.convention_move_start_drafting();
		case 'start-deliberating':
			return m.convention_move_start_deliberating();
		case 'open-vote':
			return m.convention_move_open_vote();
		case 'count-votes':
			return m.convention_move_count_votes();
		case 'abandon-vote':
			return m.convention_move_abandon_vote();
		case 'post':
			return m.convention_move_post();
		case 'reopen':
			return m.convention_move_reopen();
		case 'confirm':
			return m.convention_move_confirm();
		case 'start-review':
			return m.convention_move_start_review();
		case 'start-next':
			return m.convention_move_start_next();
		case 'keep':
			return m.convention_move_keep();
		case 'withdraw':
			return m.convention_move_withdraw();
	}
}

/** What comes of it, before someone says yes. */
export function moveExplanation(name: Step['name']): string {
	switch (name) {
		case 'start-drafting':
			return m.convention_explain_start_drafting();
		case 'start-deliberating':
			return m.convention_explain_start_deliberating();
		case 'open-vote':
			return m.convention_explain_open_vote();
		case 'count-votes':
			return m.convention_explain_count_votes();
		case 'abandon-vote':
			return m.convention_explain_abandon_vote();
		case 'post':
			return m.convention_explain_post();
		case 'reopen':
			return m.convention_explain_reopen();
		case 'confirm':
			return m.convention_explain_confirm();
		case 'start-review':
			return m.convention_explain_start_review();
		case 'start-next':
			return m.convention_explain_start_next();
		case 'keep':
			return m.convention_explain_keep();
		case 'withdraw':
			return m.convention_explain_withdraw();
	}
}

/** Who takes a convention to a stage, for those who may not. */
export function whoTakesText(to: StageName): string {
	return to === 'in-force' ? m.convention_who_office() : m.convention_who_worker();
}

export function missingText(missing: Missing, locale: string): string {
	switch (missing.type) {
		case 'doubts':
			return m.convention_missing_doubts({ count: missing.count });
		case 'clauses':
			return m.convention_missing_clauses();
		case 'households':
			return m.convention_missing_households();
		case 'voting':
			return m.convention_missing_voting({ day: shortDayText(missing.until, locale) });
		case 'posting':
			return m.convention_missing_posting({ day: shortDayText(missing.until, locale) });
		case 'objections':
			return m.convention_missing_objections({ count: missing.count });
	}
}

/** The same for who only reads; undefined for what their device does not hold enough of to tell. */
export function missingForReadersText(missing: Missing, locale: string): string | undefined {
	switch (missing.type) {
		case 'doubts':
			return m.convention_reader_doubts({ count: missing.count });
		case 'voting':
			return m.convention_reader_voting({ day: shortDayText(missing.until, locale) });
		case 'objections':
			return m.convention_reader_objections({ count: missing.count });
		// A household's phone holds no roster.
		case 'households':
			return undefined;
		case 'clauses':
		case 'posting':
			return missingText(missing, locale);
	}
}
