import { expect, test } from '@playwright/test';
import { childScope } from '#records/scope.ts';
import { basic } from '../serve.ts';
import { Device, phoneScreen } from './device.ts';
import { heldOnDevice, heldOnServer } from './held-records.ts';
import { foundByAxe } from './looks.ts';
import { courtyardNames, startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { Worker } from './worker.ts';

test.describe('a record that the server refuses', () => {
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

	/** The office takes the worker off the courtyards, while the phone has no network. */
	async function moveElsewhere(name: string): Promise<void> {
		const url = `${place.server.url}/db/_users/org.couchdb.user:${name}`;
		const headers = { ...basic(place.server.admin), 'Content-Type': 'application/json' };
		const account: unknown = await (await fetch(url, { headers })).json();
		const moved = Object.assign({}, account, { roles: [`worker:${childScope(place.grid, 'elsewhere')}`] });
		const answer = await fetch(url, { method: 'PUT', headers, body: JSON.stringify(moved) });
		expect(answer.status).toBe(201);
	}

	test('stays on the phone and is shown with the server’s reason', async () => {
		const worker = new Worker(device, place.workers[0]);
		const { page } = device;
		await worker.signIn();
		await device.goOffline();
		await worker.openCourtyard(courtyardNames[0]);
		await worker.checkIn(1);
		await moveElsewhere(worker.login.name);
		// Nor can it be handed over, by the page or its service worker: a server without that.
		await page.context().route('**/api/handover', (route) => route.fulfill({ status: 404, json: {} }));
		await device.goOnline();

		await expect(worker.mark).toHaveAttribute('data-work', 'refused', { timeout: 60_000 });
		await worker.mark.click();
		await expect(page.getByRole('heading', { name: '被退回的' })).toBeVisible();
		await expect(page.getByText(/服务器的原话：(rights|scope): /)).toBeVisible();
		expect(await foundByAxe(page)).toEqual([]);
		expect((await heldOnDevice(page, worker.login.name)).refused).toBe(1);
		expect((await heldOnServer(place.server)).filter(({ kind }) => kind === 'check-in')).toEqual([]);
	});
});
