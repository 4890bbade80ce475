import { expect, onTestFinished, test } from 'vitest';
import { isNewHere } from '#storage/destroying.ts';
import { openDeviceStore } from '#storage/device-store.ts';
import { syncInBackground } from '../../../src/service-worker/background-sync.ts';
import { freshAccount, opened } from '../storage/stores.ts';

/** The browser's own device, as the service worker finds it: `account` signed in last. */
async function signedIn(account: string): Promise<void> {
	const device = openDeviceStore(() => 'phone');
	onTestFinished(async () => {
		await device.forgetAccount();
		device.close();
	});
	await device.keepAccount({ name: account, roles: ['worker:qianmen/caochang/g3'] });
}

test('for an account of which nothing is here yet, nothing is stored: its office may want a PIN first', async () => {
	const account = freshAccount();
	await signedIn(account);
	await syncInBackground();
	expect(await isNewHere(account)).toBe(true);
});

test('what a page has stored is exchanged: here, where no server is, that is tried again later', async () => {
	const account = freshAccount();
	await opened(account);
	await signedIn(account);
	await expect(syncInBackground()).rejects.toThrow('could not sync');
});
