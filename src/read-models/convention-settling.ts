import * as v from 'valibot';
import { byPlace, clauseBody, type Clause } from '#kinds/clause.ts';
import { clauseIdOfPath, clausePathOf, conventionPolicy } from '#kinds/convention-policy.ts';
import { placedInOrder } from '#kinds/place-in-order.ts';
import { isJsonObject, type Json, type JsonObject } from '#records/json.ts';
import type { Doubt } from '#records/state-of.ts';
import type { ConventionState } from './convention-state.ts';
import type { Settlement } from './settle.ts';

/**
 * What a person chose for one doubt: one of the candidates, by its index; all of them, for a clause, the candidate
 * `first` as this clause and the others right behind it under `newIds`, in the order of the candidates; or
 * something else instead. `value` is the whole field; of a clause its id and place stay whatever it says.
 */
export type Settled =
	| { readonly type: 'candidate'; readonly index: number }
	| { readonly type: 'both'; readonly first: number; readonly newIds: readonly string[] }
	| { readonly type: 'anew'; readonly value: Json };

/**
 * What to write when a person has chosen, by the doubts' paths. All doubts are settled together, as a body is
 * written whole; null when the withdrawal was chosen.
 *
 * @throws RangeError for a choice that the doubt does not offer.
 */
export function settleConvention(state: ConventionState, choices: ReadonlyMap<string, Settled>): Settlement {
	const existence = state.doubts.find(({ path }) => path === '');
	const chosen = choices.get('');
	if (existence && chosen && chosenValue(existence, chosen) === undefined)
		return { status: 'settled', body: null };
	const open = state.doubts.map(({ path }) => path).filter((path) => !choices.has(path));
	if (open.length > 0) return { status: 'open', paths: open };

	const fields = new Map<string, Json>(conventionPolicy.split(state.body));
	const behind = new Map<string, readonly Clause[]>();
	for (const doubt of state.doubts) {
		const choice = choices.get(doubt.path);
		const value = choice && chosenValue(doubt, choice);
		if (doubt.path === '' || value === undefined) continue;
		fields.set(doubt.path, value);
		if (choice?.type === 'both') behind.set(doubt.path, othersOf(doubt, choice));
	}
	for (const [path, clauses] of behind) placeBehind(fields, path, clauses);
	return { status: 'settled', body: conventionPolicy.join(fields) };
}

function chosenValue(doubt: Doubt, choice: Settled): Json | undefined {
	if (choice.type !== 'anew')
		return candidateOf(doubt, choice.type === 'both' ? choice.first : choice.index).value;
	if (clauseIdOfPath(doubt.path) === undefined) return choice.value;
	const [first] = present(doubt);
	if (!first || !isJsonObject(choice.value)) throw new RangeError(`not a clause: ${doubt.path}`);
	return { ...choice.value, id: first.clause.id, place: first.clause.place };
}

function candidateOf(doubt: Doubt, index: number): Doubt['candidates'][number] {
	const candidate = doubt.candidates[index];
	if (!candidate) throw new RangeError(`no candidate ${index} of ${doubt.path}`);
	return candidate;
}

function othersOf(doubt: Doubt, { first, newIds }: Settled & { readonly type: 'both' }): readonly Clause[] {
	const others = present(doubt).filter(({ index }) => index !== first);
	return others.map(({ clause }, index) => {
		const id = newIds[index];
		if (id === undefined) throw new RangeError(`too few ids for ${doubt.path}: ${newIds.length}`);
		return { ...clause, id };
	});
}

function present(doubt: Doubt): readonly { readonly index: number; readonly clause: Clause }[] {
	return doubt.candidates.flatMap(({ value }, index) =>
		v.is(clauseBody, value) ? [{ index, clause: value }] : []
	);
}

/** Puts `clauses` into `fields`, right behind the clause of `path`. */
function placeBehind(fields: Map<string, Json>, path: string, clauses: readonly Clause[]): void {
	const standing = [...fields]
		.flatMap(([at, value]) => (clauseIdOfPath(at) !== undefined && v.is(clauseBody, value) ? [value] : []))
		.sort(byPlace);
	const at = standing.findIndex(({ id }) => clausePathOf(id) === path) + 1;
	const inOrder: readonly { readonly clause: Clause; readonly had?: string }[] = [
		...standing.slice(0, at).map((clause) => ({ clause, had: clause.place })),
		...clauses.map((clause) => ({ clause })),
		...standing.slice(at).map((clause) => ({ clause, had: clause.place }))
	];
	const places = placedInOrder(inOrder.map(({ had }) => had));
	inOrder.forEach(({ clause }, index) => {
		const placed: JsonObject = { ...clause, place: places[index] ?? clause.place };
		fields.set(clausePathOf(clause.id), placed);
	});
}
