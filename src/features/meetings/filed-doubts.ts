import { filingOf } from '#kinds/meeting-stage.ts';
import { isJsonObject, type Json } from '#records/json.ts';
import type { Candidate, Doubt, EntityState } from '#records/state-of.ts';

type Present = EntityState & { readonly status: 'present' };

/**
 * A meeting with the choices that are still open: what was filed is neither withdrawn nor taken to a stage without
 * the filing, and what was confirmed is taken to nothing else.
 */
export function withOpenChoices(state: Present): Present {
	const stages = state.doubts.find(({ path }) => path === '/stage')?.candidates ?? [];
	const filed = stages.filter(({ value }) => filingOf(value));
	if (filed.length === 0 && !filingOf(state.body['stage'])) return state;
	const confirmed = filed.filter(({ value }) => isConfirmed(value));
	const choices = confirmed.length > 0 ? confirmed : filed;
	return { ...state, doubts: state.doubts.map((doubt) => narrowed(doubt, choices)) };
}

function narrowed(doubt: Doubt, stages: readonly Candidate[]): Doubt {
	if (doubt.path === '/stage') return { ...doubt, candidates: stages };
	if (doubt.path !== '') return doubt;
	return { ...doubt, candidates: doubt.candidates.filter(({ value }) => value !== undefined) };
}

function isConfirmed(stage: Json | undefined): boolean {
	return isJsonObject(stage) && stage['name'] === 'confirmed';
}
