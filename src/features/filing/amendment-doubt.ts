import { readAmendment } from '#kinds/amendment.ts';
import { m } from '#paraglide/messages.js';
import { isJsonObject, type Json } from '#records/json.ts';
import type { EntityState } from '#records/state-of.ts';
import { amendmentTypeText, answerTypeText } from './amendment-words.ts';

/** Whether an answer would drop what is in doubt: only another answer takes the place of two. */
export function isOpenBesideAnswer(state: EntityState): boolean {
	return state.status === 'present' && state.doubts.some(({ path }) => path !== '/answer');
}

/** What people call a part of an amendment, by its JSON Pointer. */
export function amendmentFieldText(path: string): string {
	return path.startsWith('/answer') ? m.filing_answer() : m.filing_amendment();
}

/** A part as someone has it; undefined: they left it out. */
export function amendmentValueText(path: string, value: Json | undefined): string {
	if (value === undefined) return m.meetings_value_none();
	const body = path === '' && isJsonObject(value) ? value : { [path.slice(1)]: value };
	const { type, words, who, answer } = readAmendment(body);
	const said = [
		type && amendmentTypeText(type),
		who,
		words,
		answer && answerTypeText(answer.type),
		answer?.words
	];
	const text = said.filter((part) => part !== undefined && part !== '').join(' · ');
	return text === '' ? m.meetings_value_other() : text;
}
