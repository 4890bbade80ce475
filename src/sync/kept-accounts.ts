import { departFrom } from '#access/departing.ts';
import type { DeviceStore } from '#records/device-store.ts';
import type { Draft } from '#records/phone-store.ts';
import type { SyncStore } from '#records/sync-store.ts';
import { deskOf } from './device-desk.ts';
import { dismissal } from './dismissal.ts';
import { turnOf } from './turn.ts';
import { WireError } from './wire-error.ts';
import { boundedWire, type Wire } from './wire.ts';

export type KeptStore = SyncStore & { drafts(): Promise<readonly Draft[]>; close(): void };

export interface KeptAccountsDeps {
	readonly device: DeviceStore;
	readonly wire: Wire;
	readonly now: () => Date;
	/** An account's store; undefined when nothing of it is here, or it takes a PIN. */
	readonly openStore: (account: string) => Promise<KeptStore | undefined>;
	/** Takes an account's data off this device, unless some of it is only here. */
	readonly destroyStore: (account: string) => Promise<{ readonly destroyed: boolean }>;
}

/**
 * Of accounts that signed out and left their contents here: asks how this device stands, hands over what waits of
 * those that were dismissed, and takes them off. Whether any was. What cannot be asked now is asked the next time.
 */
export async function leaveKept(deps: KeptAccountsDeps): Promise<boolean> {
	const { device } = deps;
	let left = false;
	try {
		for (const account of await device.handoverAccounts()) {
			if ((await device.account())?.name === account) continue;
			// Where an open page has the turn, it asks itself.
			const options = { ifAvailable: true };
			const leave = async (turn: Lock | null) => turn !== null && (await leaveDismissed(account, deps));
			if (await navigator.locks.request(turnOf(account), options, leave)) left = true;
		}
	} catch (error) {
		if (!(error instanceof WireError)) throw error;
	}
	return left;
}

async function leaveDismissed(account: string, deps: KeptAccountsDeps): Promise<boolean> {
	const { device, now, openStore, destroyStore } = deps;
	const wire = boundedWire(deps.wire, new AbortController().signal);
	const desk = await deskOf(account, device, wire);
	if (!desk || (await desk.standing()) === 'active') return false;
	const store = await openStore(account);
	let drafts = 0;
	try {
		if (store) {
			await dismissal({ account, store, device, wire, now });
			drafts = (await store.drafts()).length;
		}
	} finally {
		store?.close();
	}
	// What the server would not take is only here, and stays.
	if (!(await destroyStore(account)).destroyed) return false;
	const { count = 0 } = (await device.handover(account)) ?? {};
	if (await device.account()) await forgetSecrets(device, account);
	else await departFrom(device, account, { handedOver: count, drafts });
	return true;
}

/** Beside another account that works here now, and is not told of it. */
async function forgetSecrets(device: DeviceStore, account: string): Promise<void> {
	await device.forgetCredential(account);
	await device.forgetHandover(account);
}
