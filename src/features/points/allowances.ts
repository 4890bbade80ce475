import type { Entry } from '#app/workplace.svelte.ts';
import { redemption } from '#kinds/redemption.ts';
import type { Balance } from '#read-models/redemptions.ts';
import { settle } from '#read-models/settle.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { headsOf, type Doubt } from '#records/state-of.ts';

/**
 * What an office writes to let an overdrawn household's redemptions stand: each that was not let stand
 * before, as it counted.
 */
export function allowances(records: RevisionSet, { household, redemptions }: Balance): readonly Entry[] {
	return redemptions
		.filter(({ allowed }) => !allowed)
		.flatMap(({ entity }) => {
			const state = records.state('redemption', entity);
			if (state.status !== 'present') return [];
			const choices = new Map(state.doubts.map((doubt) => [doubt.path, largest(doubt)]));
			const settlement = settle(state, redemption.policy, choices);
			if (settlement.status === 'open' || !settlement.body) return [];
			const body = { ...settlement.body, settled: 'allowed' };
			return [{ kind: 'redemption', entity, scope: household, body, seen: headsOf(state) }];
		});
}

/** Which candidate counts meanwhile: the largest number, and of words the first that stands. */
function largest({ candidates }: Doubt): number {
	const size = ({ value }: Doubt['candidates'][number]) => (typeof value === 'number' ? value : 0);
	const most = Math.max(...candidates.map(size));
	return candidates.findIndex((candidate) => candidate.value !== undefined && size(candidate) === most);
}
