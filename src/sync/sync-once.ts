import type { DeviceStore } from '#records/device-store.ts';
import type { SyncTrouble } from '#records/sync-status.ts';
import type { SyncStore } from '#records/sync-store.ts';
import { deskOf } from './device-desk.ts';
import { dismissal } from './dismissal.ts';
import { exchangeAll } from './exchange-all.ts';
import { breathe } from './pause.ts';
import { connect } from './remote.ts';
import { mostInBatch } from './send-step.ts';
import { turnOf } from './turn.ts';
import { WireError } from './wire-error.ts';
import type { Wire } from './wire.ts';

/**
 * `elsewhere`: an open page has the turn and does it. `dismissed`: this device may not keep the account; all that
 * was only here is handed over, and the caller is to destroy the rest.
 */
export type SyncedOnce =
	| { readonly outcome: 'done' | 'elsewhere' | 'dismissed' }
	| { readonly outcome: 'trouble'; readonly why: SyncTrouble };

export interface SyncOnceSetup {
	readonly account: string;
	readonly store: SyncStore;
	readonly device: DeviceStore;
	readonly wire: Wire;
	readonly now: () => Date;
}

/** A page that is being closed gives its turn back by then; one that stays open does the work itself. */
const patienceMs = 10_000;

/** Exchanges everything once, in a service worker: nobody is looking. */
export async function syncOnce(setup: SyncOnceSetup): Promise<SyncedOnce> {
	const signal = AbortSignal.timeout(patienceMs);
	let turn = false;
	try {
		return await navigator.locks.request(turnOf(setup.account), { signal }, () => {
			turn = true;
			return inTurn(setup);
		});
	} catch (error) {
		if (!turn && signal.aborted) return { outcome: 'elsewhere' };
		throw error;
	}
}

async function inTurn({ account, store, device, wire, now }: SyncOnceSetup): Promise<SyncedOnce> {
	const remote = connect(wire, new AbortController().signal);
	const { trouble } = await exchangeAll({
		account,
		store,
		remote,
		now,
		breathe,
		batchSize: mostInBatch,
		onActivity: () => {},
		onDamaged: () => {},
		onAccount: () => {},
		desk: () => deskOf(account, device, remote.wire)
	});
	if (trouble !== 'signed-out') return trouble ? { outcome: 'trouble', why: trouble } : { outcome: 'done' };
	try {
		const dismissed = await dismissal({ account, store, device, wire: remote.wire, now });
		// What the server would not take is a person's to save: an open page asks.
		const ready = dismissed?.why === 'dismissed' && dismissed.broken.length === 0;
		return ready ? { outcome: 'dismissed' } : { outcome: 'trouble', why: trouble };
	} catch (error) {
		if (error instanceof WireError) return { outcome: 'trouble', why: error.trouble };
		throw error;
	}
}
