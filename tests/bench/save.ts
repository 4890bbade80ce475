import Dexie from 'dexie';
import { addDays, toDay } from '#kinds/day.ts';
import { checkInEntity } from '#kinds/check-in.ts';
import { policyOf } from '#kinds/kinds.ts';
import { databaseOf } from '#records/database-name.ts';
import { seal, type Revision } from '#records/revision.ts';
import { RevisionSet } from '#records/revision-set.ts';
import { toScope } from '#records/scope.ts';
import { AccountStore, openStore } from '#storage/account-store.ts';
import { openSealedStore } from '#storage/sealed-store.ts';

// As in production: on localhost Dexie would keep a trace of every request.
Dexie.debug = false;

const months = ['2026-08', '2026-09', '2026-10', '2026-11'];
const firstDay = toDay('2026-08-01');
const batch = 1000;

/** The `n`-th check-in of a grid with 300 households, each checked in once a day. */
function checkIn(n: number): Revision {
	const household = n % 300;
	const scope = toScope(`qianmen/caochang/g3/c${Math.floor(household / 8)}/h${household}`);
	return seal({
		kind: 'check-in',
		entity: checkInEntity(scope, addDays(firstDay, Math.floor(n / 300))),
		parents: [],
		scope,
		author: 'bench',
		device: 'bench-phone',
		at: '2026-11-23T02:03:04.000Z',
		body: {
			observed: {
				quality: n % 5 === 0 ? 'mixed' : 'correct',
				streams: ['food', 'other'],
				guided: n % 7 === 0,
				note: `第${n}次：厨余垃圾已经分开`
			}
		}
	});
}

/** Records of a batch, from the `from`-th on. */
function checkIns(from: number, count: number): readonly Revision[] {
	return Array.from({ length: count }, (_, index) => checkIn(from + index));
}

/** A way to save one check-in; resolves to the milliseconds from the tap until it is on the disk. */
export type Saver = (n: number) => Promise<number>;

/** The floor: one record put into a database of one object store, without anything of ours. */
export async function bareSaver(durability: IDBTransactionDurability): Promise<Saver> {
	const db = await bareDatabase(`bare-${crypto.randomUUID()}`);
	return async (n) => {
		const record = checkIn(n);
		const start = performance.now();
		await new Promise<void>((resolve, reject) => {
			const transaction = db.transaction('records', 'readwrite', { durability });
			transaction.objectStore('records').put(record);
			transaction.oncomplete = () => resolve();
			transaction.onabort = () => reject(transaction.error ?? new Error('not put'));
		});
		return performance.now() - start;
	};
}

function bareDatabase(name: string): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const opening = indexedDB.open(name, 1);
		opening.onupgradeneeded = () => opening.result.createObjectStore('records', { autoIncrement: true });
		opening.onsuccess = () => resolve(opening.result);
		opening.onerror = () => reject(opening.error ?? new Error('not opened'));
	});
}

/**
 * What a tap does: the heads are looked up, the record is sealed and stored, and the state that the
 * screen shows is folded. On a phone that holds `held` check-ins, delivered or still waiting.
 */
export async function storeSaver(
	held: number,
	standing: 'delivered' | 'waiting',
	locked = false
): Promise<Saver> {
	const store = await filledStore(held, standing, locked);
	const records = new RevisionSet(policyOf);
	await store.load(months, (revisions) => records.add(revisions));
	if (records.size !== held) throw new Error(`${records.size} records held, not ${held}`);
	return async (n) => {
		// Every other one corrects a check-in that is already there.
		const { kind, entity, scope, author, device, at, body } = checkIn(
			n % 2 === 0 ? n : n % Math.max(1, held)
		);
		const start = performance.now();
		const state = records.state(kind, entity);
		const parents = state.status === 'unknown' ? [] : state.heads;
		const noted = body && { ...body, reported: { quality: 'correct', note: `${n}` } };
		const revision = seal({ kind, entity, scope, author, device, at, parents, body: noted });
		await store.save({ revisions: [revision] });
		records.add([revision]);
		records.state(kind, entity);
		return performance.now() - start;
	};
}

/** An empty store on a fresh account. */
async function freshStore(locked: boolean): Promise<AccountStore> {
	const setup = { account: `bench-${crypto.randomUUID()}`, now: () => new Date() };
	if (!locked) return openStore(setup);
	const use: KeyUsage[] = ['encrypt', 'decrypt'];
	const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, use);
	return new AccountStore((await openSealedStore(setup, key)).parts);
}

async function filledStore(
	held: number,
	standing: 'delivered' | 'waiting',
	locked: boolean
): Promise<AccountStore> {
	const store = await freshStore(locked);
	for (let from = 0; from < held; from += batch) {
		const revisions = checkIns(from, Math.min(batch, held - from));
		if (standing === 'waiting') await store.save({ revisions });
		else await store.storePulled(database, revisions, { identity: 'bench', seq: from });
	}
	return store;
}

const database = databaseOf(toScope('qianmen/caochang/g3'));

/** Milliseconds to store `count` pulled check-ins in batches of 1,000, and to read them back into memory. */
export async function pullAndLoad(
	count: number,
	locked = false
): Promise<{ readonly pull: number; readonly load: number }> {
	const batches = Array.from({ length: Math.ceil(count / batch) }, (_, index) =>
		checkIns(index * batch, Math.min(batch, count - index * batch))
	);
	const store = await freshStore(locked);
	const start = performance.now();
	for (const [seq, revisions] of batches.entries())
		await store.storePulled(database, revisions, { identity: 'bench', seq });
	const stored = performance.now();
	const records = new RevisionSet(policyOf);
	await store.load(months, (revisions) => records.add(revisions));
	const end = performance.now();
	if (records.size !== count) throw new Error(`${records.size} records came back, not ${count}`);
	store.close();
	return { pull: stored - start, load: end - stored };
}
