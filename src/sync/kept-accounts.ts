import { departFrom } from '#access/departing.ts';
import type { ErasedHousehold } from '#access/devices-api.ts';
import type { DeviceStore } from '#records/device-store.ts';
import type { Draft } from '#records/phone-store.ts';
import { deskOf } from './device-desk.ts';
import { dismissal } from './dismissal.ts';
import { heedUnheard, type UnheedingStore } from './unheard-erasures.ts';
import { turnOf } from './turn.ts';
import { WireError } from './wire-error.ts';
import { boundedWire, type Wire } from './wire.ts';

export type KeptStore = UnheedingStore & { drafts(): Promise<readonly Draft[]>; close(): void };

export interface KeptAccountsDeps {
	readonly device: DeviceStore;
	readonly wire: Wire;
	readonly now: () => Date;
	/** An account's store; undefined when nothing of it is here, or it takes a PIN. */
	readonly openStore: (account: string) => Promise<KeptStore | undefined>;
	/** Takes what is delivered out of a store that takes a PIN, without opening it. */
	readonly dropSealed: (account: string) => Promise<void>;
	/** Takes an account's data off this device, unless some of it is only here. */
	readonly destroyStore: (account: string) => Promise<{ readonly destroyed: boolean }>;
}

/**
 * Of accounts that signed out and left their contents here: asks how this device stands, hands over what waits of
 * those that were dismissed, and takes them off; from the others goes what was erased meanwhile. Whether any was taken
 * off. What cannot be asked now is asked the next time.
 */
export async function leaveKept(deps: KeptAccountsDeps): Promise<boolean> {
	const { device } = deps;
	let left = false;
	try {
		for (const account of await device.handoverAccounts()) {
			if ((await device.account())?.name === account) continue;
			// Where an open page has the turn, it asks itself.
			const options = { ifAvailable: true };
			const leave = async (turn: Lock | null) => turn !== null && (await leaveOrHeed(account, deps));
			if (await navigator.locks.request(turnOf(account), options, leave)) left = true;
		}
	} catch (error) {
		if (!(error instanceof WireError)) throw error;
	}
	return left;
}

async function leaveOrHeed(account: string, deps: KeptAccountsDeps): Promise<boolean> {
	const wire = boundedWire(deps.wire, new AbortController().signal);
	const desk = await deskOf(account, deps.device, wire);
	if (!desk) return false;
	const { standing, erased } = await desk.standing();
	if (standing !== 'active') return leave(account, { ...deps, wire });
	if (erased.length > 0) await heed(account, erased, deps);
	return false;
}

async function heed(
	account: string,
	erased: readonly ErasedHousehold[],
	{ now, openStore, dropSealed }: KeptAccountsDeps
): Promise<void> {
	const store = await openStore(account);
	if (!store) return dropSealed(account);
	try {
		await heedUnheard(store, erased, now);
	} finally {
		store.close();
	}
}

async function leave(account: string, deps: KeptAccountsDeps): Promise<boolean> {
	const { device, wire, now, openStore, destroyStore } = deps;
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
