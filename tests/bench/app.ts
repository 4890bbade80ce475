import type { CDPSession, Page } from '@playwright/test';
import { seal, type Revision } from '#records/revision.ts';
import { checkInEntity } from '#kinds/check-in.ts';
import { addDays, dayAt, type Day } from '#kinds/day.ts';
import { databaseOf } from '#records/database-name.ts';
import type { Scope } from '#records/scope.ts';
import { Device, phoneScreen } from '../e2e/device.ts';
import { heldOnDevice, heldOnServer } from '../e2e/held-records.ts';
import {
	courtyardNames,
	householdsEach,
	startNeighbourhood,
	type Neighbourhood
} from '../e2e/neighbourhood.ts';
import { Worker } from '../e2e/worker.ts';
import { basic } from '../serve.ts';

/** Of each tap and each opening, in milliseconds and megabytes. `records`: held on the phone. */
export interface AppTimes {
	readonly records: number;
	/** From the finger lifted off 分对了 until the household's row says so in the page, its record being on the disk. */
	readonly answered: readonly number[];
	/** Until that frame is drawn. */
	readonly drawn: readonly number[];
	/** Without a network, from going to the app's address to a courtyard that can be tapped. */
	readonly usable: readonly number[];
	/** The heap then, after a collection. */
	readonly heap: readonly number[];
}

const openings = 7;
const batch = 500;

/** The built app on a phone that holds many check-ins, with the processor slowed down. */
export async function appTimes(held: number, slowdown: number): Promise<AppTimes> {
	const place = await startNeighbourhood();
	let device: Device | undefined;
	try {
		const homes = (await heldOnServer(place.server)).filter(({ kind }) => kind === 'household');
		const written = checkIns(
			homes.map(({ scope }) => scope),
			held
		);
		await fill(place, written);
		device = await Device.start('phone', place.server.port, phoneScreen);
		return await timesOn(device, new Worker(device, place.workers[0]), slowdown);
	} finally {
		await device?.remove();
		await place.server.remove();
	}
}

async function timesOn(device: Device, worker: Worker, slowdown: number): Promise<AppTimes> {
	await worker.signIn();
	const { page } = worker;
	const { length: records } = (await heldOnDevice(page, worker.login.name)).records;
	const [courtyard] = courtyardNames;
	await worker.openCourtyard(courtyard);
	const devtools = await page.context().newCDPSession(page);
	await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
	const answers: Answer[] = [];
	for (let door = 1; door <= householdsEach; door += 1) {
		await worker.openSheet(door);
		const answered = page.evaluate(answerTime, `${door}号`);
		await worker.tap('分对了');
		answers.push(await answered);
	}
	await worker.allDelivered();
	await device.goOffline();
	const opened: Opening[] = [];
	for (let time = 0; time < openings; time += 1)
		opened.push(await opening(page, devtools, device.link.url, courtyard));
	return {
		records,
		answered: answers.map(({ answered }) => answered),
		drawn: answers.map(({ drawn }) => drawn),
		usable: opened.map(({ ms }) => ms),
		heap: opened.map(({ heap }) => heap)
	};
}

/** Days of check-ins up to yesterday, as many as make up what the phone is to hold. */
function* checkIns(households: readonly Scope[], held: number): Generator<Revision> {
	const today = dayAt(new Date());
	for (let number = 0; number < held; number += 1) {
		const household = households[number % households.length];
		if (!household) throw new Error('nobody lives here');
		yield checkIn(household, addDays(today, -1 - Math.floor(number / households.length)));
	}
}

function checkIn(household: Scope, day: Day): Revision {
	return seal({
		kind: 'check-in',
		entity: checkInEntity(household, day),
		parents: [],
		scope: household,
		author: 'worker2',
		device: 'bench',
		at: `${day}T02:00:00.000Z`,
		body: { observed: { quality: 'correct', streams: ['food', 'other'], guided: false } }
	});
}

async function fill({ server, grid, workers }: Neighbourhood, records: Iterable<Revision>): Promise<void> {
	const all = [...records];
	for (let from = 0; from < all.length; from += batch) {
		const answer = await fetch(`${server.url}/db/${databaseOf(grid)}/_bulk_docs`, {
			method: 'POST',
			headers: { ...basic(workers[1]), 'Content-Type': 'application/json' },
			body: JSON.stringify({ new_edits: false, docs: all.slice(from, from + batch) })
		});
		const text = await answer.text();
		if (text.trim() !== '[]') throw new Error(`not taken: ${answer.status} ${text.slice(0, 200)}`);
	}
}

/** Milliseconds from the finger's lifting. */
interface Answer {
	readonly answered: number;
	readonly drawn: number;
}

/** In the page: waits for the row of a door to say it is done. */
function answerTime(door: string): Promise<Answer> {
	return new Promise((resolve) => {
		let lifted = 0;
		document.addEventListener('pointerup', ({ timeStamp }) => (lifted = timeStamp), {
			capture: true,
			once: true
		});
		const observer = new MutationObserver(() => {
			const row = document.querySelector(`button[aria-label^="${door}，"][aria-label*="分对了"]`);
			if (!row || lifted === 0) return;
			observer.disconnect();
			const answered = performance.now() - lifted;
			requestAnimationFrame(() => resolve({ answered, drawn: performance.now() - lifted }));
		});
		observer.observe(document.body, { subtree: true, childList: true, attributes: true });
	});
}

/** From going to the app's address until a courtyard can be tapped; megabytes after a collection. */
interface Opening {
	readonly ms: number;
	readonly heap: number;
}

async function opening(page: Page, devtools: CDPSession, url: string, courtyard: string): Promise<Opening> {
	await page.goto('about:blank');
	await page.goto(url, { waitUntil: 'commit' });
	const ms = await page.evaluate(usableTime, courtyard);
	await devtools.send('HeapProfiler.collectGarbage');
	const { usedSize } = await devtools.send('Runtime.getHeapUsage');
	return { ms, heap: usedSize / 1e6 };
}

/** In the page: when a courtyard's button stands there, in milliseconds since the page was gone to. */
function usableTime(courtyard: string): Promise<number> {
	return new Promise((resolve) => {
		const look = () => {
			const buttons = [...document.querySelectorAll('button:not([disabled])')];
			if (!buttons.some(({ textContent }) => textContent.includes(courtyard))) return false;
			resolve(performance.now());
			return true;
		};
		if (look()) return;
		const observer = new MutationObserver(() => look() && observer.disconnect());
		observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
	});
}
