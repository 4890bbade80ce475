import type { DeliveryCounts } from '#records/phone-store.ts';
import type { SyncStatus } from '#records/sync-status.ts';

/** The state of one's work in a word; the most urgent comes first. */
export type WorkState =
	| { readonly state: 'refused'; readonly count: number }
	| { readonly state: 'signed-out' }
	| { readonly state: 'offline'; readonly since: string; readonly waiting: number }
	| { readonly state: 'waiting'; readonly count: number }
	/** Nothing of one's own waits, and the first exchange on this device has not come to its end. */
	| { readonly state: 'fetching' }
	| { readonly state: 'delivered' };

/** `held`: this device held the account's records before it was opened. */
export function workState(
	counts: DeliveryCounts,
	{ activity, offlineSince, lastDone }: SyncStatus,
	held: boolean
): WorkState {
	if (counts.refused > 0) return { state: 'refused', count: counts.refused };
	if (activity.state === 'waiting' && activity.why === 'signed-out') return { state: 'signed-out' };
	if (offlineSince !== undefined) return { state: 'offline', since: offlineSince, waiting: counts.waiting };
	if (counts.waiting > 0) return { state: 'waiting', count: counts.waiting };
	if (!held && lastDone === undefined) return { state: 'fetching' };
	return { state: 'delivered' };
}
