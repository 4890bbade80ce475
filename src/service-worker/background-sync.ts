import { departFrom } from '#access/departing.ts';
import type { DeviceStore } from '#records/device-store.ts';
import { openUnlocked, type AccountStore } from '#storage/account-store.ts';
import { destroyStore, isNewHere } from '#storage/destroying.ts';
import { dropSealed } from '#storage/dropping-sealed.ts';
import { openDeviceStore } from '#storage/device-store.ts';
import { deskOf } from '#sync/device-desk.ts';
import { gzippedPushes } from '#sync/gzipped-pushes.ts';
import { leaveKept } from '#sync/kept-accounts.ts';
import { syncOnce, type SyncedOnce, type SyncOnceSetup } from '#sync/sync-once.ts';
import { boundedWire, type Wire } from '#sync/wire.ts';

const wire: Wire = { origin: location.origin, fetch: gzippedPushes((url, init) => fetch(url, init)) };
const now = () => new Date();

/**
 * Exchanges once for the account that last signed in on this device, and takes it off when its office has
 * dismissed the device; so too others that left their contents here. Rejects when it is worth trying again: then the
 * browser does, a few times.
 */
export async function syncInBackground(): Promise<void> {
	const device = openDeviceStore(() => {
		throw new Error('a device is named by its pages');
	});
	try {
		const account = (await device.account())?.name;
		// Whether anything may be stored without a PIN, a page asks.
		if (account !== undefined && !(await isNewHere(account))) await syncOf(account, device);
		await leaveKept({
			device,
			wire,
			now,
			openStore: (kept) => openUnlocked({ account: kept, now }),
			dropSealed,
			destroyStore
		});
	} finally {
		device.close();
	}
}

async function syncOf(account: string, device: DeviceStore): Promise<void> {
	const store = await openUnlocked({ account, now });
	if (!store) return await leaveLocked(account, device);
	const { synced, drafts } = await exchanged({ account, store, device, wire, now });
	if (synced.outcome === 'dismissed') await leave(account, device, drafts);
	const passing = synced.outcome === 'trouble' && (synced.why === 'offline' || synced.why === 'server');
	if (passing) throw new Error(`could not sync: ${synced.why}`);
}

async function exchanged(
	setup: SyncOnceSetup & { readonly store: AccountStore }
): Promise<{ readonly synced: SyncedOnce; readonly drafts: number }> {
	const { store } = setup;
	try {
		const synced = await syncOnce(setup);
		return { synced, drafts: (await store.drafts()).length };
	} finally {
		store.close();
	}
}

/** What is under lock and only here can be handed over by nobody but a page; all else goes. */
async function leaveLocked(account: string, device: DeviceStore): Promise<void> {
	const desk = await deskOf(account, device, boundedWire(wire, new AbortController().signal));
	if (desk && (await desk.standing()).standing !== 'active') await leave(account, device, 0);
}

/** What a page saved at the last moment keeps it here: the next exchange hands that over, too. */
async function leave(account: string, device: DeviceStore, drafts: number): Promise<void> {
	if (!(await destroyStore(account)).destroyed) return;
	const { count = 0 } = (await device.handover(account)) ?? {};
	await departFrom(device, account, { handedOver: count, drafts });
}
