import type { Json, JsonObject } from '#records/json.ts';
import type { MergePolicy } from '#records/merge-policy.ts';
import type { EntityState } from '#records/state-of.ts';

/** For each doubt, by its path, which of its candidates a person chose (counted from 0). */
export type Choices = ReadonlyMap<string, number>;

/**
 * What to write when a person has chosen: the whole body with every choice in its place, or null
 * when they chose the withdrawal. `open`: not every doubt has its answer yet.
 */
export type Settlement =
	| { readonly status: 'open'; readonly paths: readonly string[] }
	| { readonly status: 'settled'; readonly body: JsonObject | null };

/**
 * A body is written whole, so the doubts of an entity are settled together: one left out would
 * count as taken out.
 */
export function settle(
	state: EntityState & { readonly status: 'present' },
	policy: MergePolicy,
	choices: Choices
): Settlement {
	const existence = state.doubts.find(({ path }) => path === '');
	const chosen = existence && choices.get('');
	if (chosen !== undefined && existence?.candidates[chosen]?.value === undefined) {
		return { status: 'settled', body: null };
	}
	const open = state.doubts.map(({ path }) => path).filter((path) => choices.get(path) === undefined);
	if (open.length > 0) return { status: 'open', paths: open };
	const fields = new Map<string, Json>(policy.split(state.body));
	for (const { path, candidates } of state.doubts) {
		const value = candidates[choices.get(path) ?? -1]?.value;
		if (path !== '' && value !== undefined) fields.set(path, value);
	}
	return { status: 'settled', body: policy.join(fields) };
}
