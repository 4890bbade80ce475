import { readPolicy } from './policy.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { entityOfScope } from './kind.ts';
import { scopeAt, type Scope } from '#records/scope.ts';

/** Whether a subdistrict that one of these places lies in wants its staff to set a PIN. */
export function staffPinWanted(records: RevisionSet, places: readonly Scope[]): boolean {
	return places.some((place) => {
		const subdistrict = scopeAt(place, 'subdistrict');
		const state = subdistrict && records.state('policy', entityOfScope(subdistrict));
		return state?.status === 'present' && (readPolicy(state.body).staffPin ?? false);
	});
}
