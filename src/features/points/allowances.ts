import type { Entry } from '#app/workplace.svelte.ts';
import type { Balance } from '#read-models/redemptions.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { headsOf } from '#records/state-of.ts';

/**
 * What an office writes to let an overdrawn household's redemptions stand: each that was not let stand
 * before, with the points that counted.
 */
export function allowances(records: RevisionSet, { household, redemptions }: Balance): readonly Entry[] {
	return redemptions
		.filter(({ allowed }) => !allowed)
		.flatMap(({ entity, points }) => {
			const state = records.state('redemption', entity);
			if (state.status !== 'present') return [];
			const body = { ...state.body, points, settled: 'allowed' };
			return [{ kind: 'redemption', entity, scope: household, body, seen: headsOf(state) }];
		});
}
