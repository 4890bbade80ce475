import type { RevisionSet } from '#records/revision-set.ts';
import { byTime, writtenIn, type Written } from './written.ts';

/** Who took something back, and why. */
export interface Withdrawal {
	readonly by: Written;
	readonly reason: string;
}

/** Undefined: it stands, someone holds on to it, or nothing is known of it. Of several, the first. */
export function withdrawalOf(records: RevisionSet, kind: string, entity: string): Withdrawal | undefined {
	const state = records.state(kind, entity);
	if (state.status !== 'withdrawn') return undefined;
	const [first] = state.heads.flatMap((hash) => records.revision(kind, entity, hash) ?? []).sort(byTime);
	return first && { by: writtenIn(first), reason: first.reason ?? '' };
}
