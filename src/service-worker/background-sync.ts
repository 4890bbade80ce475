import type { DeviceStore } from '#records/device-store.ts';
import { openStore } from '#storage/account-store.ts';
import { destroyStore } from '#storage/destroying.ts';
import { openDeviceStore } from '#storage/device-store.ts';
import { syncOnce, type SyncedOnce } from '#sync/sync-once.ts';

/**
 * Exchanges once for the account that last signed in on this device, and takes it off when its office has
 * dismissed the device. Rejects when it is worth trying again: then the browser does, a few times.
 */
export async function syncInBackground(): Promise<void> {
	const device = openDeviceStore(() => {
		throw new Error('a device is named by its pages');
	});
	try {
		const account = (await device.account())?.name;
		if (account === undefined) return;
		const { synced, drafts } = await exchanged(account, device);
		if (synced.outcome === 'dismissed') await leave(account, device, drafts);
		const passing = synced.outcome === 'trouble' && (synced.why === 'offline' || synced.why === 'server');
		if (passing) throw new Error(`could not sync: ${synced.why}`);
	} finally {
		device.close();
	}
}

async function exchanged(
	account: string,
	device: DeviceStore
): Promise<{ readonly synced: SyncedOnce; readonly drafts: number }> {
	const now = () => new Date();
	const store = await openStore({ account, now });
	try {
		const wire = {
			origin: location.origin,
			fetch: (url: string | Request, init?: RequestInit) => fetch(url, init)
		};
		const synced = await syncOnce({ account, store, device, wire, now });
		return { synced, drafts: (await store.drafts()).length };
	} finally {
		store.close();
	}
}

/** What a page saved at the last moment keeps it here: the next exchange hands that over, too. */
async function leave(account: string, device: DeviceStore, drafts: number): Promise<void> {
	if (!(await destroyStore(account)).destroyed) return;
	const { count = 0 } = (await device.handover(account)) ?? {};
	await device.depart(account, { handedOver: count, drafts });
}
