import { addDays, monthOf, toDay } from '#kinds/day.ts';
import { policyOf } from '#kinds/kinds.ts';
import { databaseOf } from '#records/database-name.ts';
import { seal, type Revision } from '#records/revision.ts';
import { RevisionSet } from '#records/revision-set.ts';
import { toScope } from '#records/scope.ts';
import { AccountStore, openStore } from '#storage/account-store.ts';
import { openSealedStore } from '#storage/sealed-store.ts';
import { bareDatabase, bareWrite, bareWrites } from './bare.ts';
import { localPouch } from './pouch.ts';
import { checkIn, checkIns, households, type Rounds } from './round.ts';
import { storePulled } from '../../store-pulled.ts';

const grid = toScope('qianmen/caochang/g3');
const database = databaseOf(grid);
const rounds: Rounds = { grid, authors: ['bench', 'bench'], from: toDay('2026-01-05') };
const batch = 1000;

/** A way to save one check-in; resolves to the milliseconds from the tap until it is on the disk. */
type Saver = (n: number) => Promise<number>;

/** The savers under test, by the name they have in the table. Filled before the processor is slowed down. */
export class SavingBench {
	readonly #savers = new Map<string, Saver>();

	/** Phones that hold so many check-ins, and some that hold none; the names of their savers. */
	async prepare(held: number, withLocked: boolean): Promise<readonly string[]> {
		const savers = this.#savers;
		savers.set('bare put, relaxed, nothing held', await bareSaver(0, 'relaxed'));
		savers.set('bare put, strict, nothing held', await bareSaver(0, 'strict'));
		savers.set(`bare put, strict, ${held} held`, await bareSaver(held, 'strict'));
		savers.set('store, nothing held', await storeSaver(0, 'delivered'));
		savers.set(`store, ${held} delivered`, await storeSaver(held, 'delivered'));
		savers.set(`store, ${held} waiting`, await storeSaver(held, 'waiting'));
		if (withLocked) {
			savers.set(`locked, ${held} delivered`, await storeSaver(held, 'delivered', true));
			savers.set(`locked, ${held} waiting`, await storeSaver(held, 'waiting', true));
		}
		savers.set('PouchDB put, nothing held', await pouchSaver(0));
		savers.set(`PouchDB put, ${held} held`, await pouchSaver(held));
		return [...savers.keys()];
	}

	once(name: string, n: number): Promise<number> {
		const saver = this.#savers.get(name);
		if (!saver) throw new Error(`nothing prepared as ${name}`);
		return saver(n);
	}
}

/** The floor: one record put into a database of one object store, without anything of ours. */
async function bareSaver(held: number, durability: IDBTransactionDurability): Promise<Saver> {
	const db = await bareDatabase(`bare-${crypto.randomUUID()}`);
	for (let from = 0; from < held; from += batch)
		await bareWrites(db, checkIns(rounds, from, Math.min(batch, held - from)), durability);
	return async (n) => {
		const record = checkIn(rounds, n);
		const start = performance.now();
		await bareWrite(db, record, durability);
		return performance.now() - start;
	};
}

/** A document put as PouchDB's users do; its idb adapter leaves the durability to the browser: relaxed. */
async function pouchSaver(held: number): Promise<Saver> {
	const pouch = localPouch(`pouch-${crypto.randomUUID()}`);
	for (let from = 0; from < held; from += batch)
		await pouch.bulkDocs(checkIns(rounds, from, Math.min(batch, held - from)), { new_edits: false });
	await pouch.info();
	return async (n) => {
		const { _id, kind, entity, parents, scope, author, device, at, body, hash } = checkIn(rounds, held + n);
		// Without a revision: PouchDB makes one of its own.
		const document = { _id, kind, entity, parents, scope, author, device, at, body, hash };
		const start = performance.now();
		await pouch.put(document);
		return performance.now() - start;
	};
}

/**
 * What a tap on a row does until its record is on the disk: the heads are looked up in the state that the row shows,
 * the record is sealed, and stored with the end of its draft. Afterwards the state is folded anew. On a phone that holds
 * `held` check-ins, delivered or still waiting.
 */
async function storeSaver(held: number, standing: 'delivered' | 'waiting', locked = false): Promise<Saver> {
	const store = await filledStore(held, standing, locked);
	const records = new RevisionSet(policyOf);
	await store.load(monthsOf(held), (revisions) => records.add(revisions));
	if (records.size !== held) throw new Error(`${records.size} records held, not ${held}`);
	return async (n) => {
		// Every other one corrects a check-in that is already there; where nothing was, the one saved before it.
		const corrected = held > 0 ? n % held : n - 1;
		const { kind, entity, scope, author, device, at, body } = checkIn(rounds, n % 2 === 0 ? n : corrected);
		records.state(kind, entity);
		const start = performance.now();
		const state = records.state(kind, entity);
		const parents = state.status === 'unknown' ? [] : state.heads;
		const noted = body && { ...body, reported: { quality: 'correct', note: `${n}` } };
		const revision = seal({ kind, entity, scope, author, device, at, parents, body: noted });
		await store.save({ revisions: [revision], finishedDraft: `check-in:${entity}` });
		const ms = performance.now() - start;
		records.add([revision]);
		return ms;
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
		const revisions = checkIns(rounds, from, Math.min(batch, held - from));
		if (standing === 'waiting') await store.save({ revisions });
		else await storePulled(store, database, revisions, { identity: 'bench', seq: from });
	}
	return store;
}

function monthsOf(count: number): readonly string[] {
	const days = Math.ceil(count / households);
	return [...new Set(Array.from({ length: days }, (_, day) => monthOf(addDays(rounds.from, day))))];
}

/** Milliseconds to store `count` pulled check-ins in batches of 1,000, and to read them back into memory. */
export async function pullAndLoad(
	count: number,
	locked = false
): Promise<{ readonly pull: number; readonly load: number }> {
	const batches: (readonly Revision[])[] = [];
	for (let from = 0; from < count; from += batch)
		batches.push(checkIns(rounds, from, Math.min(batch, count - from)));
	const store = await freshStore(locked);
	const start = performance.now();
	for (const [seq, revisions] of batches.entries())
		await storePulled(store, database, revisions, { identity: 'bench', seq });
	const stored = performance.now();
	const records = new RevisionSet(policyOf);
	await store.load(monthsOf(count), (revisions) => records.add(revisions));
	const end = performance.now();
	if (records.size !== count) throw new Error(`${records.size} records came back, not ${count}`);
	store.close();
	return { pull: stored - start, load: end - stored };
}
