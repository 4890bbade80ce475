import { clauseNumberText } from '#app/clause-number.ts';
import type { ClauseView, OpinionBody, Rating } from '#kinds/opinion.ts';
import { m } from '#paraglide/messages.js';
import type { ConventionRead } from '#kinds/convention.ts';

/** 同意. */
export function viewText(view: ClauseView): string {
	switch (view) {
		case 'agree':
			return m.opinions_agree();
		case 'disagree':
			return m.opinions_disagree();
		case 'suggest':
			return m.opinions_suggest();
	}
}

/** 好. */
export function ratingText(rating: Rating): string {
	switch (rating) {
		case 'good':
			return m.opinions_good();
		case 'fair':
			return m.opinions_fair();
		case 'poor':
			return m.opinions_poor();
	}
}

/** What an opinion comes to in a word: 同意, 好, 诉求. */
export function pointText(body: OpinionBody): string {
	switch (body.about) {
		case 'clause':
			return viewText(body.view);
		case 'rating':
			return ratingText(body.rating);
		case 'wish':
			return m.opinions_wish();
		case 'objection':
			return m.opinions_objection();
	}
}

/** The whole text, as it is read out. */
export function spokenText(
	{ title, preamble, clauses }: Pick<ConventionRead, 'title' | 'preamble' | 'clauses'>,
	locale: string
): string {
	const spoken = clauses.map(({ heading, text }, index) =>
		[clauseNumberText(index + 1, locale), heading, text].filter(Boolean).join('\n')
	);
	return [title, preamble, ...spoken].filter(Boolean).join('\n');
}
