import { backgroundSyncTag } from './background-sync-tag.ts';

interface Waking {
	register(tag: string): Promise<void>;
}

/** Background Sync (WICG draft), where the browser has it. TypeScript's DOM does not know it. */
function waking(registration: ServiceWorkerRegistration): Waking | undefined {
	if (!('sync' in registration)) return undefined;
	const { sync } = registration;
	return isWaking(sync) ? sync : undefined;
}

function isWaking(value: unknown): value is Waking {
	return (
		typeof value === 'object' && value !== null && 'register' in value && typeof value.register === 'function'
	);
}

/** Asks the browser to wake the service worker later. Where that is not to be had, the open page has to do. */
export async function askForBackgroundSync(): Promise<void> {
	if (!('serviceWorker' in navigator)) return;
	const registration = await navigator.serviceWorker.getRegistration();
	try {
		await (registration && waking(registration)?.register(backgroundSyncTag));
	} catch {
		// The browser may refuse, as in a private window or when a person switched it off.
	}
}
