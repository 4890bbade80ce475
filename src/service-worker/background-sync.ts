import { openStore } from '#storage/account-store.ts';
import { openDeviceStore } from '#storage/device-store.ts';
import { syncOnce } from '#sync/sync-once.ts';

/**
 * Exchanges once for the account that last signed in on this device. Rejects when it is worth trying
 * again: then the browser does, a few times.
 */
export async function syncInBackground(): Promise<void> {
	const account = await lastAccount();
	if (account === undefined) return;
	const now = () => new Date();
	const store = await openStore({ account, now });
	try {
		const wire = {
			origin: location.origin,
			fetch: (url: string | Request, init?: RequestInit) => fetch(url, init)
		};
		const synced = await syncOnce(account, store, wire, now);
		const passing = synced.outcome === 'trouble' && (synced.why === 'offline' || synced.why === 'server');
		if (passing) throw new Error(`could not sync: ${synced.why}`);
	} finally {
		store.close();
	}
}

async function lastAccount(): Promise<string | undefined> {
	const device = openDeviceStore(() => {
		throw new Error('a device is named by its pages');
	});
	try {
		return (await device.account())?.name;
	} finally {
		device.close();
	}
}
