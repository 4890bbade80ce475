import { expect, test } from '@playwright/test';
import * as v from 'valibot';
import { handedOver, knownDevice } from '#access/devices-api.ts';
import { databaseOf } from '#records/database-name.ts';
import { seal } from '#records/revision.ts';
import { childScope, isWithin, parentScope, type Scope } from '#records/scope.ts';
import { basic, type Login } from '../serve.ts';
import { Device, phoneScreen } from './device.ts';
import { heldOnDevice, heldOnServer, photosNamed, photosOnServer } from './held-records.ts';
import { courtyardNames, startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { Worker } from './worker.ts';

const [courtyard] = courtyardNames;

test.describe('a phone that may not keep what it has', () => {
	let place: Neighbourhood;
	let device: Device;
	let worker: Worker;

	test.beforeEach(async () => {
		place = await startNeighbourhood();
		device = await Device.start('phone', place.server.port, phoneScreen);
		worker = new Worker(device, place.workers[0]);
		await worker.signIn();
	});
	test.afterEach(async () => {
		await device.remove();
		await place.server.remove();
	});

	async function ask(as: Login, method: string, path: string, body?: unknown): Promise<unknown> {
		const answer = await fetch(`${place.server.url}${path}`, {
			method,
			headers: { ...basic(as), 'Content-Type': 'application/json' },
			...(body === undefined ? {} : { body: JSON.stringify(body) })
		});
		expect(answer.ok, `${method} ${path}: ${answer.status}`).toBe(true);
		return await answer.json();
	}

	async function devicesOfWorker() {
		const listed = v.object({ devices: v.array(knownDevice) });
		const { devices } = v.parse(listed, await ask(place.office, 'GET', '/api/devices'));
		return devices.filter(({ account }) => account === worker.login.name);
	}

	async function handedOverToOffice() {
		const listed = v.object({ handovers: v.array(handedOver) });
		return v.parse(listed, await ask(place.office, 'GET', '/api/handovers')).handovers;
	}

	async function checkInsOnServer() {
		return (await heldOnServer(place.server)).filter(({ kind }) => kind === 'check-in');
	}

	function databasesOnDevice(): Promise<readonly (string | undefined)[]> {
		return device.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
	}

	test('revoked without a network, it hands over what only it has, and keeps nothing', async () => {
		await device.goOffline();
		await worker.openCourtyard(courtyard);
		for (let door = 1; door <= 4; door += 1) await worker.checkIn(door);
		await worker.openSheet(5);
		await worker.takePhoto(await device.page.screenshot({ type: 'jpeg', quality: 50 }));
		await worker.tap('混投');
		await expect(worker.row(5)).toHaveAccessibleName(/混投/);
		const written = (await heldOnDevice(device.page, worker.login.name)).records.filter(
			({ kind }) => kind === 'check-in'
		);
		const [phone, ...others] = await devicesOfWorker();
		expect(others).toEqual([]);
		expect(phone?.label).toContain('Chrom');
		await ask(place.office, 'POST', `/api/devices/${worker.login.name}/${phone?.device ?? ''}/revoke`);
		await device.goOnline();

		const notice = device.page.getByText('这台设备已被停用，未传的 5 条已交给办公室');
		await expect(notice).toBeVisible({ timeout: 60_000 });
		await expect(device.page.getByLabel('密码')).toBeVisible();
		expect(await databasesOnDevice()).toEqual(['zhonggeng']);
		const remembered = await device.page.evaluate(() => Object.keys(localStorage));
		expect(remembered.filter((key) => key.includes(worker.login.name))).toEqual([]);
		await device.page.reload();
		await expect(notice).toBeVisible();

		expect(await checkInsOnServer()).toEqual([]);
		const handovers = await handedOverToOffice();
		expect(handovers).toHaveLength(5);
		for (const { id } of handovers)
			await ask(place.office, 'POST', `/api/handovers/${id}`, { decision: 'accept' });
		const byId = (a: { _id: string }, b: { _id: string }) => (a._id < b._id ? -1 : 1);
		expect((await checkInsOnServer()).toSorted(byId)).toEqual(written.toSorted(byId));
		expect(photosNamed(written)).toHaveLength(1);
		expect(await photosOnServer(place.server, databaseOf(place.grid))).toEqual(photosNamed(written));
	});

	/** Another grid of the community, with one courtyard. */
	async function makeGrid(scope: Scope): Promise<void> {
		const yard = childScope(scope, 'c1');
		const database = `/db/${databaseOf(scope)}`;
		await ask(place.server.admin, 'PUT', database);
		const record = seal({
			kind: 'courtyard',
			entity: yard.replaceAll('/', '.'),
			parents: [],
			scope: yard,
			author: place.server.admin.name,
			device: 'desk',
			at: '2026-11-23T00:00:00.000Z',
			body: { name: '另一个院' }
		});
		await ask(place.server.admin, 'POST', `${database}/_bulk_docs`, { docs: [record], new_edits: false });
	}

	test('moved to another grid, it hands over what waits for the old one, forgets it and gets the new one', async () => {
		const community = parentScope(place.grid);
		if (!community) throw new Error(`${place.grid} lies in no community`);
		const other = childScope(community, 'g99');
		await makeGrid(other);
		await device.goOffline();
		await worker.openCourtyard(courtyard);
		await worker.checkIn(1);
		await worker.checkIn(2);
		const user = `/db/_users/org.couchdb.user:${worker.login.name}`;
		const account = await ask(place.server.admin, 'GET', user);
		const moved = Object.assign({}, account, { roles: [`worker:${other}`] });
		await ask(place.server.admin, 'PUT', user, moved);
		await device.goOnline();

		await expect(device.page.getByText('另一个院')).toBeVisible({ timeout: 60_000 });
		await worker.allDelivered();
		const { records, waiting, refused } = await heldOnDevice(device.page, worker.login.name);
		expect(records.filter(({ scope }) => isWithin(scope, place.grid) && scope !== place.grid)).toEqual([]);
		expect(records.filter(({ scope }) => isWithin(scope, other))).toHaveLength(1);
		expect({ waiting, refused }).toEqual({ waiting: 0, refused: 0 });
		expect(await checkInsOnServer()).toEqual([]);
		expect(await handedOverToOffice()).toHaveLength(2);
	});
});
