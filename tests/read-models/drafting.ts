import fc from 'fast-check';
import {
	addClause,
	credit,
	mergeWithNext,
	move,
	remove,
	reword,
	split
} from '#read-models/convention-draft.ts';
import type { ConventionDraft } from '#read-models/convention-draft.ts';
import { childScope } from '#records/scope.ts';
import { yard } from './saved-conventions.ts';

/** One thing done to a draft; numbers choose among the clauses there are. */
export type DraftStep = (draft: ConventionDraft) => ConventionDraft;

const words = fc.constantFrom(
	'厨余垃圾要沥干。',
	'大件不堆在门口，先约车。',
	'晚上十点后不装修。\n周末也不。',
	'𠮷祥人家'
);
const ids = fc.constantFrom('newone01', 'newone02', 'newone03', 'newone04', 'newone05');
const number = fc.nat(20);

export const draftSteps: fc.Arbitrary<DraftStep> = fc.oneof(
	fc.tuple(number, words).map(
		([at, text]): DraftStep =>
			(draft) =>
				reword(draft, idAt(draft, at), { text })
	),
	fc.tuple(number, words).map(
		([at, heading]): DraftStep =>
			(draft) =>
				reword(draft, idAt(draft, at), { heading: heading.split('\n')[0] ?? '' })
	),
	fc.tuple(number, ids, words).map(
		([at, id, text]): DraftStep =>
			(draft) =>
				draft.clauses.some((clause) => clause.id === id)
					? draft
					: addClause(draft, (at % (draft.clauses.length + 1)) - 1, { id, heading: '', text, credits: [] })
	),
	fc.tuple(number, number).map(
		([from, to]): DraftStep =>
			(draft) =>
				move(draft, indexIn(draft, from), indexIn(draft, to))
	),
	fc.tuple(number, number, ids).map(
		([at, cut, id]): DraftStep =>
			(draft) =>
				draft.clauses.some((clause) => clause.id === id) ? draft : split(draft, indexIn(draft, at), cut, id)
	),
	number.map(
		(at): DraftStep =>
			(draft) =>
				mergeWithNext(draft, indexIn(draft, at))
	),
	number.map(
		(at): DraftStep =>
			(draft) =>
				remove(draft, idAt(draft, at))
	),
	fc.tuple(number, number).map(
		([at, door]): DraftStep =>
			(draft) =>
				credit(draft, idAt(draft, at), childScope(yard, `h${door}`))
	),
	fc.constantFrom('公约', '院落公约').map((title): DraftStep => (draft) => ({ ...draft, title })),
	fc.constantFrom('', '大家一起写。').map((preamble): DraftStep => (draft) => ({ ...draft, preamble }))
);

function indexIn(draft: ConventionDraft, number: number): number {
	return number % Math.max(1, draft.clauses.length);
}

function idAt(draft: ConventionDraft, number: number): string {
	return draft.clauses[indexIn(draft, number)]?.id ?? '';
}
