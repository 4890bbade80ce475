import { onTestFinished } from 'vitest';
import type { DeviceStore } from '#records/device-store.ts';
import { openDeviceStore } from '#storage/device-store.ts';

/** A new device: every call of `open` is another tab or worker on it. Its disk is gone when the test ends. */
export function newDevice(): { open(): DeviceStore } {
	const name = `device-${crypto.randomUUID()}`;
	onTestFinished(() => removed(name));
	return {
		open() {
			const store = openDeviceStore(() => crypto.randomUUID(), name);
			onTestFinished(() => store.close());
			return store;
		}
	};
}

function removed(name: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.deleteDatabase(name);
		request.onsuccess = () => resolve();
		request.onerror = () => reject(request.error ?? new Error('not deleted'));
	});
}
