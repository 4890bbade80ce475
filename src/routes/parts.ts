import { staffScopes } from '#app/account.ts';
import { deviceLabel } from '#app/device-label.ts';
import { accountServer } from '#sync/account-server.ts';
import { openDeviceStore } from '#storage/device-store.ts';
import type { DeviceStore } from '#records/device-store.ts';
import type { JoinServer } from '#access/join-server.ts';
import type { SessionParts } from '#app/session-parts.ts';

/** What this device and its server give the app: where the parts are put together. */
export function deviceParts(): SessionParts & {
	readonly device: DeviceStore;
	readonly joining: () => Promise<JoinServer>;
	/** Takes off accounts that signed out, left their contents here and were dismissed since, and what was erased; whether any. */
	readonly leaveKept: () => Promise<boolean>;
} {
	const now = () => new Date();
	const device = openDeviceStore(newDeviceId);
	const wire = {
		origin: location.origin,
		fetch: (url: string | Request, init?: RequestInit) => globalThis.fetch(url, init)
	};
	return {
		device,
		deviceLabel: deviceLabel(navigator),
		forgetMemory: () => forgetMemory(localStorage),
		server: accountServer((url, init) => globalThis.fetch(url, init)),
		joining: async () =>
			(await import('#sync/join-server.ts')).joinServer((url, init) => globalThis.fetch(url, init)),
		// What only a signed-in account needs is fetched beside the first screen, and the exchange after it.
		openStore: async (account, key) => {
			const store = key
				? await (await import('#storage/sealed-store.ts')).openSealedStore({ account, now }, key)
				: await (await import('#storage/early-store.ts')).openEarlyStore({ account, now });
			const whole = async () => {
				const { AccountStore } = await import('#storage/account-store.ts');
				return new AccountStore(('parts' in store ? store : await store.whole()).parts);
			};
			return {
				store,
				remove: async (ids) => (await whole()).remove(ids),
				startSync: async (listener) => {
					const { startSync } = await import('#sync/start-sync.ts');
					return startSync({ account, store: await whole(), device, ...listener });
				}
			};
		},
		lockKeeper: async () => (await import('#storage/lock-keeper.ts')).lockKeeper(now),
		wantsPin: async (account) => {
			if (staffScopes(account).length === 0 || !isSecureContext) return false;
			const { isNewHere } = await import('#storage/destroying.ts');
			if (!(await isNewHere(account.name))) return false;
			const { askForStaffPin } = await import('#sync/staff-pin.ts');
			return askForStaffPin(wire, staffScopes(account));
		},
		leaveKept: async () => {
			const [current, known] = await Promise.all([device.account(), device.handoverAccounts()]);
			if (known.every((account) => account === current?.name)) return false;
			const [{ leaveKept }, { openUnlocked }, { dropSealed }, { destroyStore }] = await Promise.all([
				import('#sync/kept-accounts.ts'),
				import('#storage/account-store.ts'),
				import('#storage/dropping-sealed.ts'),
				import('#storage/destroying.ts')
			]);
			const openStore = (account: string) => openUnlocked({ account, now });
			return leaveKept({ device, wire, now, openStore, dropSealed, destroyStore });
		},
		destroyStore: async (account) => (await import('#storage/destroying.ts')).destroyStore(account),
		now
	};
}

/** What the app remembers there has keys of its own: `zhonggeng:<account>:courtyard`. */
function forgetMemory(memory: Storage): void {
	for (const key of Object.keys(memory)) if (key.startsWith('zhonggeng:')) memory.removeItem(key);
}

/** 16 hex digits of chance. */
function newDeviceId(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(8));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
