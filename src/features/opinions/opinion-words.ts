import type { ClauseView, OpinionBody, Rating } from '#kinds/opinion.ts';
import { m } from '#paraglide/messages.js';

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
