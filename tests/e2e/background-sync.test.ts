import { expect, test } from '@playwright/test';
import { Device, phoneScreen } from './device.ts';
import { heldOnDevice, heldOnServer } from './held-records.ts';
import { courtyardNames, startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { Worker } from './worker.ts';

const [courtyard] = courtyardNames;

test.describe('background sync', () => {
	let place: Neighbourhood;
	let device: Device;

	test.beforeEach(async () => {
		place = await startNeighbourhood();
		device = await Device.start('phone', place.server.port, phoneScreen);
	});
	test.afterEach(async () => {
		await device.remove();
		await place.server.remove();
	});

	/** The names under which the page asked for that; as text, because TypeScript does not know Background Sync. */
	function askedToBeWoken(): Promise<unknown> {
		return device.page.evaluate('navigator.serviceWorker.ready.then(({ sync }) => sync.getTags())');
	}

	/** Wakes the service worker as the browser does when a network comes back, with no page of the app open. */
	async function wakeServiceWorker(): Promise<void> {
		const session = await device.page.context().newCDPSession(device.page);
		const registration = new Promise<string>((resolve) => {
			session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
				const ours = registrations.find(({ scopeURL }) => scopeURL.startsWith(device.link.url));
				if (ours) resolve(ours.registrationId);
			});
		});
		await session.send('ServiceWorker.enable');
		await session.send('ServiceWorker.dispatchSyncEvent', {
			origin: device.link.url,
			registrationId: await registration,
			tag: 'zhonggeng',
			lastChance: false
		});
	}

	test('the service worker delivers what was recorded without a network, with no page open', async () => {
		const worker = new Worker(device, place.workers[0]);
		await worker.signIn();
		await device.goOffline();
		await worker.openCourtyard(courtyard);
		await worker.checkIn(1);
		await expect.poll(askedToBeWoken, { timeout: 30_000 }).toEqual(['zhonggeng']);
		await device.page.goto('about:blank');
		await device.goOnline();
		await wakeServiceWorker();
		const checkIns = async () =>
			(await heldOnServer(place.server)).filter(({ kind }) => kind === 'check-in').length;
		await expect.poll(checkIns, { timeout: 60_000 }).toBe(1);

		await device.page.goto(device.link.url);
		await worker.allDelivered();
		const held = await heldOnDevice(device.page, worker.login.name);
		expect(held.records.filter(({ kind }) => kind === 'check-in')).toHaveLength(1);
	});
});
