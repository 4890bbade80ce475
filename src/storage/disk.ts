/**
 * A connection to a database of IndexedDB, opened when it is first used, and again after the browser or a change of
 * version closed it.
 */
export class Disk {
	readonly #name: string;
	readonly #version: number;
	readonly #make: (db: IDBDatabase) => void;
	#connection: Promise<IDBDatabase> | undefined;
	#closed = false;

	/** `make` makes the tables of a new database; what it throws leaves none. */
	constructor(name: string, version: number, make: (db: IDBDatabase) => void) {
		this.#name = name;
		this.#version = version;
		this.#make = make;
	}

	/** Does `work` in one transaction, all of it or none. `strict`: see `ZhonggengDatabase`. @throws DOMException */
	async within<Result>(
		tables: readonly string[],
		mode: 'readonly' | 'readwrite',
		work: (transaction: IDBTransaction) => Promise<Result>
	): Promise<Result> {
		const db = await this.#opened();
		const transaction = db.transaction(tables, mode, { durability: 'strict' });
		const [result] = await Promise.all([orAborted(transaction, work), done(transaction)]);
		return result;
	}

	close(): void {
		this.#closed = true;
		void this.#connection?.then(
			(db) => db.close(),
			() => {}
		);
	}

	#opened(): Promise<IDBDatabase> {
		if (this.#closed) throw new Error(`${this.#name} was closed`);
		return (this.#connection ??= this.#open());
	}

	#open(): Promise<IDBDatabase> {
		return new Promise((resolve, reject) => {
			const forget = () => (this.#connection = undefined);
			const opening = indexedDB.open(this.#name, this.#version);
			opening.onupgradeneeded = () => this.#make(opening.result);
			opening.onsuccess = () => {
				const { result: db } = opening;
				db.onclose = forget;
				db.onversionchange = () => {
					forget();
					db.close();
				};
				resolve(db);
			};
			opening.onerror = () => {
				forget();
				reject(opening.error ?? new Error(`cannot open ${this.#name}`));
			};
		});
	}
}

/** What a request brings. */
export function answer<Result>(request: IDBRequest<Result>): Promise<Result> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('the disk did not answer'));
	});
}

async function orAborted<Result>(
	transaction: IDBTransaction,
	work: (transaction: IDBTransaction) => Promise<Result>
): Promise<Result> {
	try {
		return await work(transaction);
	} catch (error) {
		if (transaction.error === null) transaction.abort();
		throw error;
	}
}

function done(transaction: IDBTransaction): Promise<void> {
	return new Promise((resolve, reject) => {
		transaction.oncomplete = () => resolve();
		transaction.onabort = () => reject(transaction.error ?? new Error('the disk took nothing'));
	});
}
