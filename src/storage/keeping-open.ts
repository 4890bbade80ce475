import Dexie, { type DBCoreTransaction } from 'dexie';

/** What a transaction waits for that is not of the database. */
interface Waiting {
	/** How much of it is under way. */
	open: number;
	/** Tells those who wait for what is done, within a callback of the transaction. */
	ready: (() => void)[];
	failed: ((error: unknown) => void)[];
}

export type Meanwhile = <Result>(trans: DBCoreTransaction, work: () => Promise<Result>) => Promise<Result>;

/**
 * Does what is not of the database, such as encryption, within a transaction. IndexedDB ends a transaction as soon as
 * it has nothing to do, so it is asked for nothing over and over until the work is done, as `Dexie.waitFor` does. That
 * one forgets some of several works at the same time (4.4.7), and then they never end.
 */
export function keepingOpen(): Meanwhile {
	const all = new WeakMap<DBCoreTransaction, Waiting>();
	return <Result>(trans: DBCoreTransaction, work: () => Promise<Result>): Promise<Result> =>
		new Dexie.Promise<Result>((resolve, reject) => {
			const held = all.get(trans);
			const waiting = held ?? { open: 0, ready: [], failed: [] };
			all.set(trans, waiting);
			const settle = (tell: () => void) => {
				waiting.open -= 1;
				waiting.ready.push(tell);
			};
			waiting.open += 1;
			waiting.failed.push(reject);
			Dexie.ignoreTransaction(work).then(
				(result) => settle(() => resolve(result)),
				(error: unknown) => settle(() => reject(error instanceof Error ? error : new Error(String(error))))
			);
			if (!held) ask(trans, waiting, () => all.delete(trans));
		});
}

/** Asks the database for a key that cannot be there, until nothing is waited for. */
function ask(trans: DBCoreTransaction, waiting: Waiting, end: () => void): void {
	const fail = (error: unknown) => {
		end();
		for (const tell of waiting.failed) tell(error);
	};
	const next = () => {
		for (const tell of waiting.ready.splice(0)) tell();
		if (waiting.open === 0 && waiting.ready.length === 0) return end();
		try {
			const request = storeOf(trans).get(-Infinity);
			request.onsuccess = next;
			request.onerror = () => fail(request.error);
		} catch (error) {
			fail(error);
		}
	};
	next();
}

/** Dexie hands its middleware the browser's own transaction. */
function storeOf(trans: DBCoreTransaction): IDBObjectStore {
	if (!(trans instanceof IDBTransaction)) throw new TypeError('not a transaction of IndexedDB');
	const [name] = trans.objectStoreNames;
	if (name === undefined) throw new TypeError('a transaction on no store');
	return trans.objectStore(name);
}
