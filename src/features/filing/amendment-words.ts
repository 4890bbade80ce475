import { instantText } from '#app/dates.ts';
import { speakerText } from '#app/minute-words.ts';
import type { AmendmentAnswer, AmendmentRead, AmendmentType } from '#kinds/amendment.ts';
import { m } from '#paraglide/messages.js';
import { isOfAbsent, type Amendment } from '#read-models/amendments.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';

export interface AmendmentWords {
	readonly entity: string;
	/** The id of the item that it is about. */
	readonly item: string | undefined;
	/** 异议 · 3号 居民甲 · 11月24日 10:05 */
	readonly head: string;
	readonly words: string;
	/** What the council makes of it; of two answers made apart, both. */
	readonly answer?: string;
	readonly late: boolean;
	/** Said by a household that was not there. */
	readonly absent: boolean;
}

/** `present`: the households that were there, where that is known. */
export function amendmentWords(
	records: RevisionSet,
	amendment: Amendment,
	present: ReadonlySet<Scope> | undefined,
	locale: string
): AmendmentWords {
	const { entity, read, scope, first, late, answers } = amendment;
	const who = speakerText(records, scope, read.who) || first.author;
	const type = read.type ? amendmentTypeText(read.type) : m.filing_amendment();
	const answer = read.answer ? answerText(read.answer) : answers.map(answerText).join(' / ');
	return {
		entity,
		item: read.item,
		head: [type, who, instantText(first.at, locale)].join(' · '),
		words: read.words ?? m.filing_unreadable(),
		...(answer !== '' && { answer }),
		late,
		absent: isOfAbsent(amendment, present)
	};
}

export function amendmentTypeText(type: AmendmentType): string {
	return type === 'objection' ? m.filing_objection() : m.filing_addition();
}

export function answerTypeText(type: AmendmentAnswer): string {
	switch (type) {
		case 'accepted':
			return m.filing_answer_accepted();
		case 'noted':
			return m.filing_answer_noted();
		case 'declined':
			return m.filing_answer_declined();
	}
}

function answerText({ type, words }: NonNullable<AmendmentRead['answer']>): string {
	const answer = answerTypeText(type);
	return words === undefined ? m.filing_answered({ answer }) : m.filing_answered_words({ answer, words });
}
