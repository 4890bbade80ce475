import type { SyncTrouble } from '#records/sync-status.ts';
import type { SyncStore } from '#records/sync-store.ts';
import { exchangeAll } from './exchange-all.ts';
import { breathe } from './pause.ts';
import { connect } from './remote.ts';
import { mostInBatch } from './send-step.ts';
import { turnOf } from './turn.ts';
import type { Wire } from './wire.ts';

/** `elsewhere`: an open page has the turn and does it. */
export type SyncedOnce =
	{ readonly outcome: 'done' | 'elsewhere' } | { readonly outcome: 'trouble'; readonly why: SyncTrouble };

/** Exchanges everything once, in a service worker: nobody is looking. */
export function syncOnce(
	account: string,
	store: SyncStore,
	wire: Wire,
	now: () => Date
): Promise<SyncedOnce> {
	return navigator.locks.request(
		turnOf(account),
		{ ifAvailable: true },
		async (lock): Promise<SyncedOnce> => {
			if (!lock) return { outcome: 'elsewhere' };
			const { signal } = new AbortController();
			const { trouble } = await exchangeAll({
				account,
				store,
				remote: connect(wire, signal),
				now,
				breathe,
				batchSize: mostInBatch,
				onActivity: () => {},
				onDamaged: () => {},
				onAccount: () => {}
			});
			return trouble ? { outcome: 'trouble', why: trouble } : { outcome: 'done' };
		}
	);
}
