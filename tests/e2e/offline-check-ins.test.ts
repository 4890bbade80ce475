import { expect, test } from '@playwright/test';
import { Device, deskScreen, phoneScreen } from './device.ts';
import { dayAt } from '#kinds/day.ts';
import { databaseOf } from '#records/database-name.ts';
import { parentScope } from '#records/scope.ts';
import { heldOnDevice, heldOnServer, photosNamed, photosOnServer, statesOf } from './held-records.ts';
import { courtyardNames, householdsEach, startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { Worker } from './worker.ts';

const [firstCourtyard, secondCourtyard] = courtyardNames;

test.describe('offline check-ins', () => {
	let place: Neighbourhood;
	let devices: Device[];

	test.beforeEach(async () => {
		place = await startNeighbourhood();
		devices = [];
	});
	test.afterEach(async () => {
		for (const device of devices) await device.remove();
		await place.server.remove();
	});

	async function phone(which: 0 | 1): Promise<Worker> {
		const device = await Device.start(`phone ${which + 1}`, place.server.port, phoneScreen);
		devices.push(device);
		const worker = new Worker(device, place.workers[which]);
		await worker.signIn();
		return worker;
	}

	/** A different picture each time, larger than what is kept. */
	async function picture(worker: Worker, number: number): Promise<Buffer> {
		const base64 = await worker.page.evaluate(async (seed) => {
			const canvas = new OffscreenCanvas(2400, 1800);
			const context = canvas.getContext('2d');
			if (!context) throw new Error('no canvas');
			for (let stripe = 0; stripe < 60; stripe += 1) {
				context.fillStyle = `hsl(${(seed * 61 + stripe * 17) % 360} 60% 50%)`;
				context.fillRect(stripe * 40, 0, 40, 1800);
			}
			const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
			const bytes = new Uint8Array(await blob.arrayBuffer());
			return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
		}, number);
		return Buffer.from(base64, 'base64');
	}

	/** Where a door of the first courtyard stands. */
	async function householdBehind(door: string): Promise<string> {
		const records = await heldOnServer(place.server);
		const yard = records.find(({ kind, body }) => kind === 'courtyard' && body?.['name'] === firstCourtyard);
		const home = records.find(
			({ kind, scope, body }) =>
				kind === 'household' && parentScope(scope) === yard?.scope && body?.['door'] === door
		);
		if (!home) throw new Error(`nobody lives behind ${door}`);
		return home.scope;
	}

	async function checkInsAtOffice() {
		return (await heldOnServer(place.server)).filter(({ kind }) => kind === 'check-in');
	}

	test('sixty check-ins made without a network reach the office and a second phone exactly once', async () => {
		test.setTimeout(600_000);
		const one = await phone(0);
		const two = await phone(1);
		const deskDevice = await Device.start('office', place.server.port, deskScreen);
		devices.push(deskDevice);
		const desk = new Worker(deskDevice, place.office);
		await desk.signIn();

		// Installed; then no network, and the browser starts again on an address deep inside.
		await one.device.goOffline();
		await one.device.close();
		await one.device.open();
		await one.device.goOffline();
		const household = await householdBehind('7号');
		await one.page.goto(`${one.device.link.url}/households/${household}?day=2026-11-01`);
		await expect(one.page.getByRole('heading', { level: 1 })).toHaveText(/^7号/);
		await one.page.goto(`${one.device.link.url}/today`);

		// From the home screen to a saved check-in: the courtyard is remembered from the first time on.
		await one.openCourtyard(firstCourtyard);
		await one.checkIn(1);
		await one.page.goto(`${one.device.link.url}/`);
		const taps = await countTaps(one, async () => {
			await one.row(2).click();
			await one.tap('分对了');
		});
		await expect(one.row(2)).toHaveAccessibleName(/分对了/);
		expect(taps).toBeLessThanOrEqual(3);

		for (let door = 3; door <= householdsEach; door += 1) {
			await one.openSheet(door);
			if (door <= 7) await one.takePhoto(await picture(one, door));
			await one.tap(door % 5 === 0 ? '混投' : '分对了');
			await expect(one.row(door)).toHaveAccessibleName(/分对了|混投/);
		}
		await one.openCourtyard(secondCourtyard);
		for (let door = 1; door <= householdsEach - 2; door += 1) await one.checkIn(door);

		// Two corrections.
		await one.checkIn(3, '混投');
		await one.checkIn(4, '未分');

		// A double tap, as nervous thumbs do.
		await one.openSheet(householdsEach - 1);
		await one.sheet.getByRole('button', { name: '分对了', exact: true }).dblclick();
		await expect(one.row(householdsEach - 1)).toHaveAccessibleName(/分对了/);

		// The battery dies in the middle of the last one.
		const saved = await heldOnDevice(one.page, one.login.name);
		expect(saved.waiting).toBe(2 * householdsEach - 1 + 2);
		await one.openSheet(householdsEach);
		const dying = one.tap('分对了').catch(() => {});
		await one.device.kill();
		await dying;

		await one.device.open();
		await one.device.goOffline();
		await one.page.goto(`${one.device.link.url}/today`);
		await one.openCourtyard(secondCourtyard);
		const survived = await heldOnDevice(one.page, one.login.name);
		const ids = new Set(survived.records.map(({ _id }) => _id));
		expect(saved.records.filter(({ _id }) => !ids.has(_id))).toEqual([]);
		expect(survived.waiting - saved.waiting).toBeLessThanOrEqual(1);
		if (survived.waiting === saved.waiting) await one.checkIn(householdsEach);

		// Meanwhile the second phone saw one of the same doors, also without a network.
		await two.device.goOffline();
		await two.openCourtyard(firstCourtyard);
		await two.checkIn(8, '混投');
		await two.device.goOnline();

		await one.device.goOnline();
		await one.allDelivered();
		await two.allDelivered();

		// Exactly once at the office: 60 check-ins, two corrections, one by the second phone.
		const atOffice = await checkInsAtOffice();
		expect(atOffice).toHaveLength(2 * householdsEach + 2 + 1);
		expect(new Set(atOffice.map(({ entity }) => entity)).size).toBe(2 * householdsEach);

		// With every photo, byte for byte.
		const photos = await photosOnServer(place.server, databaseOf(place.grid));
		expect(photos).toHaveLength(5);
		expect([...photos].sort()).toEqual(photosNamed(atOffice));

		// The office's screen follows without being touched, and shows a photo taken at a door.
		await expect(desk.page.getByText(`${2 * householdsEach} / ${2 * householdsEach} 户打过卡`)).toBeVisible({
			timeout: 60_000
		});
		await desk.page.goto(`${desk.device.link.url}/households/${household}?day=${today()}`);
		const shown = desk.page.getByRole('img', { name: /照片/ }).first();
		await expect(shown).toBeVisible({ timeout: 30_000 });
		await expect.poll(() => shown.evaluate(widthOfPicture)).toBe(1600);

		// The second phone and the office see it, and all agree byte for byte.
		const states = [...statesOf(await heldOnServer(place.server))];
		for (const { device, page, login } of [one, two, desk]) {
			await expect
				.poll(async () => [...statesOf((await heldOnDevice(page, login.name)).records)].length, {
					message: `${device.name} has it all`,
					timeout: 60_000
				})
				.toBe(states.length);
			await expect
				.poll(async () => (await heldOnDevice(page, login.name)).records.length, { timeout: 60_000 })
				.toBe((await heldOnServer(place.server)).length);
			expect([...statesOf((await heldOnDevice(page, login.name)).records)]).toEqual(states);
		}
		await two.openCourtyard(secondCourtyard);
		await expect(two.row(householdsEach - 1)).toHaveAccessibleName(/分对了/);
		await two.openCourtyard(firstCourtyard);
		await expect(two.row(8)).toHaveAccessibleName(/两个人记的不一样/);
	});

	test('a server killed in the middle of the push loses nothing and doubles nothing', async () => {
		test.setTimeout(300_000);
		const one = await phone(0);
		await one.device.goOffline();
		await one.openCourtyard(firstCourtyard);
		for (let door = 1; door <= 12; door += 1) {
			await one.openSheet(door);
			if (door <= 2) await one.takePhoto(await picture(one, door));
			await one.tap('分对了');
			await expect(one.row(door)).toHaveAccessibleName(/分对了/);
		}

		// First it dies while the records are on their way in, then after it wrote them but before the phone heard.
		const deaths: string[] = [];
		let pushing = false;
		one.device.link.watch((direction, chunk) => {
			if (direction === 'sent') pushing = chunk.includes('_bulk_docs') && chunk.includes('check-in:');
			if (!pushing || deaths.length >= 2) return true;
			if ((direction === 'sent') !== (deaths.length === 0)) return true;
			deaths.push(direction);
			pushing = false;
			process.kill(place.server.pid, 'SIGKILL');
			return false;
		});
		for (const death of ['sent', 'answered']) {
			await one.device.goOnline();
			await expect.poll(() => deaths.at(-1), { timeout: 60_000 }).toBe(death);
			await one.device.goOffline();
			await place.server.kill();
			place = { ...place, server: await place.server.restart() };
		}
		await one.device.goOnline();
		await one.allDelivered();
		const arrived = await checkInsAtOffice();
		expect(arrived).toHaveLength(12);
		const photos = await photosOnServer(place.server, databaseOf(place.grid));
		expect(photos).toHaveLength(2);
		expect([...photos].sort()).toEqual(photosNamed(arrived));
		const held = await heldOnDevice(one.page, one.login.name);
		expect(held.waiting + held.refused).toBe(0);
		expect([...statesOf(held.records)]).toEqual([...statesOf(await heldOnServer(place.server))]);
	});
});

function today(): string {
	return dayAt(new Date());
}

function widthOfPicture(element: Element): number {
	return element instanceof HTMLImageElement ? element.naturalWidth : 0;
}

/** Counts what a finger does while `act` runs: pointer presses that the page received. */
async function countTaps(worker: Worker, act: () => Promise<void>): Promise<number> {
	await worker.page.evaluate(() => {
		document.documentElement.dataset['taps'] = '0';
		document.addEventListener(
			'pointerdown',
			() => {
				const { dataset } = document.documentElement;
				dataset['taps'] = String(Number(dataset['taps']) + 1);
			},
			true
		);
	});
	await act();
	return worker.page.evaluate(() => Number(document.documentElement.dataset['taps']));
}
