import { byPlace, type Clause } from '#kinds/clause.ts';
import type { ConventionBody, ConventionRead, ConventionType } from '#kinds/convention.ts';
import type { Stage } from '#kinds/convention-stage.ts';
import { usualPassRule, type PassRule } from '#kinds/pass-rule.ts';
import { placedInOrder } from '#kinds/place-in-order.ts';
import { asLine, asText } from '#kinds/text.ts';
import type { Scope } from '#records/scope.ts';

/** A clause as someone works on it. `place`: the one it had; absent for a new clause. `heading` may be empty. */
export interface DraftClause {
	readonly id: string;
	readonly place?: string;
	readonly heading: string;
	readonly text: string;
	readonly credits: readonly Scope[];
}

/** A convention's text as someone works on it; clauses stand in the order of the list. */
export interface ConventionDraft {
	readonly title: string;
	readonly preamble: string;
	readonly courtyards?: readonly Scope[];
	readonly rule: PassRule;
	readonly clauses: readonly DraftClause[];
}

/** What is in doubt is missing from it: settle doubts first. */
export function draftFrom(read: ConventionRead): ConventionDraft {
	const { title = '', preamble = '', courtyards, rule = usualPassRule } = read;
	const clauses = read.clauses.map(draftClause);
	return { title, preamble, ...(courtyards && { courtyards }), rule, clauses };
}

/** `after`: the index behind which it comes; -1 for the beginning. */
export function addClause(draft: ConventionDraft, after: number, clause: DraftClause): ConventionDraft {
	return { ...draft, clauses: draft.clauses.toSpliced(after + 1, 0, clause) };
}

export function reword(
	draft: ConventionDraft,
	id: string,
	words: Partial<Pick<DraftClause, 'heading' | 'text'>>
): ConventionDraft {
	return { ...draft, clauses: draft.clauses.map((one) => (one.id === id ? { ...one, ...words } : one)) };
}

/** The clause at index `from` then stands at index `to`. */
export function move(draft: ConventionDraft, from: number, to: number): ConventionDraft {
	const moving = draft.clauses.slice(from, from + 1);
	return { ...draft, clauses: draft.clauses.toSpliced(from, 1).toSpliced(to, 0, ...moving) };
}

/**
 * The text from `at` on becomes a clause of its own right behind, without a heading. `at` counts as the selection in
 * a text field does (UTF-16 code units); a character is not cut in two. Nothing happens where a half would be empty.
 */
export function split(draft: ConventionDraft, index: number, at: number, newId: string): ConventionDraft {
	const clause = draft.clauses[index];
	if (!clause) return draft;
	const inCharacter = (clause.text.codePointAt(at - 1) ?? 0) > 0xffff;
	const cut = Math.max(0, inCharacter ? at - 1 : at);
	const first = clause.text.slice(0, cut).trimEnd();
	const second = clause.text.slice(cut).trimStart();
	if (first === '' || second === '') return draft;
	const halves = [
		{ ...clause, text: first },
		{ id: newId, heading: '', text: second, credits: clause.credits }
	];
	return { ...draft, clauses: draft.clauses.toSpliced(index, 1, ...halves) };
}

/** The next clause's words come behind this one's, its heading too where both have one. */
export function mergeWithNext(draft: ConventionDraft, index: number): ConventionDraft {
	const [clause, next] = draft.clauses.slice(index, index + 2);
	if (!clause || !next) return draft;
	const words = clause.heading === '' ? [next.text] : [next.heading, next.text];
	const merged = {
		...clause,
		heading: clause.heading === '' ? next.heading : clause.heading,
		text: [clause.text, ...words].filter((text) => text !== '').join('\n'),
		credits: sorted([...clause.credits, ...next.credits])
	};
	return { ...draft, clauses: draft.clauses.toSpliced(index, 2, merged) };
}

export function remove(draft: ConventionDraft, id: string): ConventionDraft {
	return { ...draft, clauses: draft.clauses.filter((clause) => clause.id !== id) };
}

/** A clause that was taken out comes back under its id, at `index`. */
export function restore(draft: ConventionDraft, clause: Clause, index: number): ConventionDraft {
	return addClause(remove(draft, clause.id), index - 1, draftClause(clause));
}

/** A household's suggestion was taken over into the clause. */
export function credit(draft: ConventionDraft, id: string, household: Scope): ConventionDraft {
	const clauses = draft.clauses.map((clause) =>
		clause.id === id ? { ...clause, credits: sorted([...clause.credits, household]) } : clause
	);
	return { ...draft, clauses };
}

/**
 * The body to write. Texts are trimmed, control characters in lines are spaces, empty headings and an empty preamble left out. Clauses keep their places
 * where they can: an unchanged draft gives the body it came from, and moving one clause gives one a new place.
 */
export function bodyOf(
	draft: ConventionDraft,
	base: { readonly type: ConventionType; readonly stage: Stage }
): ConventionBody {
	const preamble = asText(draft.preamble);
	return {
		title: asLine(draft.title),
		type: base.type,
		...(draft.courtyards && { courtyards: sorted(draft.courtyards) }),
		...(preamble !== '' && { preamble }),
		clauses: placed(draft.clauses).map(clauseOf),
		rule: draft.rule,
		stage: base.stage
	};
}

/** Clauses that two people put in at one place share it: they keep it as long as nothing else moves. */
function placed(clauses: readonly DraftClause[]): readonly (DraftClause & { readonly place: string })[] {
	const had = clauses.flatMap((clause) =>
		clause.place === undefined ? [] : [{ ...clause, place: clause.place }]
	);
	const stand = had.every((clause, index) => index === 0 || byPlace(had[index - 1] ?? clause, clause) < 0);
	if (had.length === clauses.length && stand) return had;
	const places = placedInOrder(clauses.map(({ place }) => place));
	return clauses.map((clause, index) => ({ ...clause, place: places[index] ?? '' }));
}

function clauseOf(clause: DraftClause & { readonly place: string }): Clause {
	const heading = asLine(clause.heading);
	return {
		id: clause.id,
		place: clause.place,
		...(heading !== '' && { heading }),
		text: asText(clause.text),
		...(clause.credits.length > 0 && { credits: sorted(clause.credits) })
	};
}

function draftClause({ id, place, heading = '', text, credits = [] }: Clause): DraftClause {
	return { id, place, heading, text, credits };
}

function sorted(scopes: readonly Scope[]): Scope[] {
	return [...new Set(scopes)].sort();
}
