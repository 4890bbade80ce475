import type { DeviceStore } from '#records/device-store.ts';
import type { OwnRevision } from '#records/phone-store.ts';
import type { Dismissal } from '#records/sync-status.ts';
import type { SyncStore } from '#records/sync-store.ts';
import { deskOf } from './device-desk.ts';
import { mendErased } from './erasing.ts';
import { handOver } from './hand-over.ts';
import type { Wire } from './wire.ts';

export interface DismissalDeps {
	readonly account: string;
	readonly store: SyncStore;
	readonly device: DeviceStore;
	readonly wire: Wire;
	readonly now: () => Date;
}

/** Read at once; more is handed over in the next round. */
const manyAtOnce = 2_000;

/**
 * What a device does whose session has ended: asks how it stands, and when the office has dismissed it, hands over
 * all that is only here. Undefined when it may stay, or nobody said otherwise. What is on this device is for the
 * caller to destroy.
 * @throws WireError when the server could not be asked, or not for everything: then nothing else has happened.
 */
export async function dismissal(deps: DismissalDeps): Promise<Dismissal | undefined> {
	const { account, store, device, wire, now } = deps;
	const desk = await deskOf(account, device, wire);
	if (!desk) return (await device.departure()) ? { why: 'elsewhere' } : undefined;
	if ((await desk.standing()).standing === 'active') return undefined;
	const onKept = (kept: number) => count(device, account, kept);
	// What the server has refused as erased takes with it what waits on top of it.
	await mendErased(store, now);
	const broken = new Set<string>();
	const left = async () => (await undelivered(store)).filter(({ revision }) => !broken.has(revision._id));
	for (let rest = await left(); rest.length > 0; rest = await left()) {
		const revisions = rest.map(({ revision }) => revision);
		for (const id of await handOver({ store, desk, onKept, now }, revisions)) broken.add(id);
	}
	if (broken.size === 0) await dropUnnamedPhotos(store);
	return { why: 'dismissed', broken: await undelivered(store) };
}

async function undelivered(store: SyncStore): Promise<readonly OwnRevision[]> {
	const [waiting, refused] = await Promise.all([
		store.own('waiting', manyAtOnce),
		store.own('refused', manyAtOnce)
	]);
	return [...waiting, ...refused];
}

async function count(device: DeviceStore, account: string, kept: number): Promise<void> {
	const handover = await device.handover(account);
	if (handover) await device.keepHandover(account, { ...handover, count: handover.count + kept });
}

/** With nothing left to send, nothing names what waits. */
async function dropUnnamedPhotos(store: SyncStore): Promise<void> {
	for (const hash of await store.photosWaiting()) {
		for (let photo = await store.photo(hash); photo; photo = await store.photo(hash))
			await store.removePhotos(photo.database, [hash]);
	}
}
