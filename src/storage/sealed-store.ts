import { finishLeaving } from './destroying.ts';
import { openSealed } from './locking.ts';
import { PageStore } from './page-store.ts';
import { onDisk } from './store-failure.ts';
import { storeParts, type StoreSetup } from './store-parts.ts';

/**
 * Opens what this device keeps for an account under its lock; what still lies on the disk in clear is sealed with
 * `key` first. @throws StoreError `newer` when a later version of the app wrote it.
 */
export function openSealedStore(setup: StoreSetup, key: CryptoKey): Promise<PageStore> {
	return onDisk(async () => {
		await finishLeaving(setup.account);
		return new PageStore(storeParts(await openSealed(setup.account, key), setup));
	});
}
