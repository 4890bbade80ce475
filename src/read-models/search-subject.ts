import { entityKey } from '#records/revision.ts';
import { belongsTo } from './belongs-to.ts';

/** The kinds whose words are searched. */
export const searchedKinds = [
	...['meeting', 'minute', 'amendment', 'convention'],
	...['matter', 'progress', 'whistle', 'evaluation', 'publication', 'courtyard', 'household']
] as const;

/** Found as one: a meeting with what was taken down in it, a matter with how it went on: `meeting:k3v9x0ab`. */
export type SubjectKey = string;

/** What an entity of a searched kind is found with; undefined for one whose key tells nothing. */
export function subjectOf(kind: (typeof searchedKinds)[number], entity: string): SubjectKey | undefined {
	if (kind === 'publication' || kind === 'courtyard' || kind === 'household') return entityKey(kind, entity);
	const whole = belongsTo(kind, entity);
	return whole && entityKey(whole.type, whole.id);
}

/** Whether `subject` is a household of a courtyard: the courtyard's name finds it too. */
export function isHouseholdIn(subject: SubjectKey, courtyard: string): boolean {
	return subject.startsWith(`household:${courtyard}.`);
}
