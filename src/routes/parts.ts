import { accountServer } from '#sync/account-server.ts';
import { openDeviceStore } from '#storage/device-store.ts';
import type { DeviceStore } from '#records/device-store.ts';
import type { SessionParts } from '#app/session.svelte.ts';

/** What this device and its server give the app: where the parts are put together. */
export function deviceParts(): SessionParts & { readonly device: DeviceStore } {
	const now = () => new Date();
	return {
		device: openDeviceStore(newDeviceId),
		server: accountServer((url, init) => globalThis.fetch(url, init)),
		// What only a signed-in account needs is fetched beside the first screen.
		openStore: async (account) => {
			const { openStore } = await import('#storage/account-store.ts');
			const store = await openStore({ account, now });
			return {
				store,
				startSync: async (onAccount) =>
					(await import('#sync/start-sync.ts')).startSync(account, store, onAccount)
			};
		},
		destroyStore: async (account) => (await import('#storage/destroying.ts')).destroyStore(account),
		now
	};
}

/** 16 hex digits of chance. */
function newDeviceId(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(8));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
