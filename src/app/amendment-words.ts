import type { AmendmentAnswer, AmendmentType } from '#kinds/amendment.ts';
import { m } from '#paraglide/messages.js';

export function amendmentTypeText(type: AmendmentType): string {
	return type === 'objection' ? m.public_amend_objection() : m.public_amend_addition();
}

export function answerText(answer: AmendmentAnswer): string {
	switch (answer) {
		case 'accepted':
			return m.public_answer_accepted();
		case 'noted':
			return m.public_answer_noted();
		case 'declined':
			return m.public_answer_declined();
	}
}
